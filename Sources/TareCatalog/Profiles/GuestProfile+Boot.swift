import TareCore

extension GuestProfile {
    /// One phase of a boot that a user gives by numbers; everything in it is assumed.
    public struct BootPhase: Sendable, Hashable {
        /// `firmware`, `kernel`, `initramfs` or `init`.
        public var name: String
        /// Core-seconds.
        public var cpuSeconds: Double
        /// Cores that it can use at once.
        public var width: Int
        /// Bytes read from the disk.
        public var read: ByteCount

        /// Makes a phase.
        public init(name: String, cpuSeconds: Double, width: Int = 1, read: ByteCount = .zero) {
            self.name = name
            self.cpuSeconds = cpuSeconds
            self.width = max(1, width)
            self.read = read
        }
    }

    /// The profile with the given phases in place of its own; phases that are not given stay.
    ///
    /// A phase of `init` becomes as many units side by side as it is wide, and the service waits for all of them.
    public func booting(_ phases: [BootPhase]) -> GuestProfile {
        guard !phases.isEmpty else { return self }
        var constants = constants
        var units = units
        for phase in phases {
            let cpu = Figure.assumed(phase.cpuSeconds, "s")
            let read = Figure.assumed(phase.read.mebibytes, "MiB")
            switch phase.name {
            case "kernel": constants["kernel-read"] = read
            case "initramfs": constants["initramfs-wait"] = .assumed(0, "s")
            case "init": units = Self.units(of: phase)
            default: break
            }
            if phase.name != "init" { constants["\(phase.name)-cpu"] = cpu }
        }
        return GuestProfile(id: id, constants: constants, daemons: daemons, units: units)
    }

    private static func units(of phase: BootPhase) -> [Unit] {
        let none = Figure.assumed(0, "s")
        let share = Double(phase.width)
        let parts = (1...phase.width).map { number in
            Unit(
                name: "init-\(number)", cpu: .assumed(phase.cpuSeconds / share, "s"),
                read: .assumed(phase.read.mebibytes / share, "MiB"), wait: none, after: [])
        }
        // The service of a modelled guest starts after the unit of this name.
        return parts + [
            Unit(name: "network", cpu: none, read: .assumed(0, "MiB"), wait: none, after: parts.map(\.name))
        ]
    }
}
