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
        /// Disk requests that they are read in; 0 where it is not known.
        public var requests: Int

        /// Makes a phase.
        public init(
            name: String, cpuSeconds: Double, width: Int = 1, read: ByteCount = .zero, requests: Int = 0
        ) {
            self.name = name
            self.cpuSeconds = cpuSeconds
            self.width = max(1, width)
            self.read = read
            self.requests = requests
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
            case "kernel":
                constants["kernel-read"] = read
                if phase.requests > 0 { constants["kernel-requests"] = .assumed(Double(phase.requests), "count") }
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
        // More than 32 side by side are told apart by no host that is modelled.
        let width = min(phase.width, 32)
        let share = Double(width)
        let parts = (1...width).map { number in
            Unit(
                name: "init-\(number)", cpu: .assumed(phase.cpuSeconds / share, "s"),
                read: .assumed(phase.read.mebibytes / share, "MiB"),
                requests: phase.requests > 0 ? Double(phase.requests) / share : nil, wait: none, after: [])
        }
        // The service of a modelled guest starts after the unit of this name.
        return parts + [
            Unit(name: "network", cpu: none, read: .assumed(0, "MiB"), wait: none, after: parts.map(\.name))
        ]
    }

    /// A guest of the user's own numbers: its memory by one number, its boot by phases, its kernel's share as of Debian 12.
    ///
    /// What the numbers do not say is as of the minimal system and stays marked assumed: what the kernel reserves, the page
    /// cache of the OS's files, and phases that are not given.
    ///
    /// - Parameters:
    ///   - id: the guest's name in the scenario.
    ///   - phases: what is known of the boot.
    /// - Returns: the profile; the memory of the OS's own processes is `ServiceSpec.guestMemory`'s.
    /// - Throws: `TareError.corrupt` where the embedded tables are damaged.
    public static func own(_ id: String, booting phases: [BootPhase]) throws(TareError) -> GuestProfile {
        let base = try named("debian-12-minimal")
        return GuestProfile(id: id, constants: base.constants, daemons: [:], units: base.units).booting(phases)
    }
}
