import TareCore

/// A guest operating system's memory and boot.
public struct GuestProfile: Sendable, Hashable {
    /// One unit of the service manager's graph.
    public struct Unit: Sendable, Hashable {
        /// `ssh.service`.
        public let name: String
        /// Core-seconds.
        public let cpu: Figure
        /// Bytes read from the disk.
        public let read: Figure
        /// Disk requests that they are read in; `nil` for reads of `GuestProfile.randomRequest`.
        public let requests: Double?
        /// Seconds of waiting for hardware or timers.
        public let wait: Figure
        /// Units that must be up first.
        public let after: [String]

        init(
            name: String, cpu: Figure, read: Figure, requests: Double? = nil, wait: Figure, after: [String]
        ) {
            self.name = name
            self.cpu = cpu
            self.read = read
            self.requests = requests
            self.wait = wait
            self.after = after
        }

        /// Disk requests.
        public var requestCount: Double { requests ?? read.base / GuestProfile.randomRequest.base }
    }

    /// Bytes of a request that read-ahead makes of sequential reads (the kernel's default window).
    public static let sequentialRequest = Figure.assumed(128, "KiB")
    /// Bytes of a request of a boot's scattered reads.
    public static let randomRequest = Figure.assumed(32, "KiB")

    /// The base system's id.
    public let id: String
    /// Kernel image, per-CPU areas and slab, in bytes after `base`.
    public let constants: [String: Figure]
    /// Anonymous memory by daemon.
    public let daemons: [String: Figure]
    /// The units, each after those that it names.
    public let units: [Unit]

    /// The constant of a name, in seconds, bytes or a ratio; 0 where the profile has none.
    public func value(_ name: String) -> Double { constants[name]?.base ?? 0 }

    /// Disk requests that the boot loader reads kernel and initramfs in.
    public var kernelRequests: Double {
        constants["kernel-requests"]?.value ?? value("kernel-read") / Self.sequentialRequest.base
    }

    /// The ids that have a profile.
    public static let ids = ["debian-12-minimal", "debian-12-cloud", "linux-4.14-tuned"]

    /// The profile of a guest OS.
    ///
    /// - Parameter id: `debian-12-minimal`, `debian-12-cloud`, or `linux-4.14-tuned` of the published microVM boots.
    /// - Returns: the profile.
    /// - Throws: `TareError.notFound` for another id: a profile of another system would be a guess in disguise.
    public static func named(_ id: String) throws(TareError) -> GuestProfile {
        func mib(_ value: Double) -> Figure { .assumed(value, "MiB") }
        func unit(_ name: String, _ cpu: Double, _ read: Double, _ wait: Double, _ after: [String]) -> Unit {
            Unit(name: name, cpu: .assumed(cpu, "ms"), read: mib(read), wait: .assumed(wait, "ms"), after: after)
        }
        guard ids.contains(id) else {
            throw TareError(
                .notFound, subject: id, "no guest profile has this name, so its memory and boot are not known",
                hint: Suggestion.nearest(to: id, among: ids).map { "did you mean \($0)?" }
                    ?? "one of: \(ids.joined(separator: ", ")); or give its numbers: `\(id): { os_disk:, os_memory:, boot: }`"
            )
        }
        if id == "linux-4.14-tuned" {
            return GuestProfile(
                id: id,
                constants: [
                    "kernel-cpu": try PublishedFigures.figure(id: "A02"),
                    "kernel-reserve": Figure(14224, unit: "kB", evidence: .modelled, source: "A17-128,H01"),
                    "page-struct-share": try PublishedFigures.figure(id: "H01"),
                    "slab": try PublishedFigures.figure(id: "A22b"), "bounce-buffer": mib(64),
                    "page-cache": try PublishedFigures.figure(id: "A22c"),
                    "freed-after-boot": Figure(
                        62196, unit: "kB", evidence: .modelled, source: "A20-512,A17-512,A22a,A22b,A22c,A15a"),
                ],
                daemons: ["init and sshd": try PublishedFigures.figure(id: "A22a")],
                units: [])
        }
        var constants: [String: Figure] = [
            "page-struct-share": try PublishedFigures.figure(id: "H01"), "kernel-reserve": mib(53),
            "per-cpu": mib(1.57), "bounce-buffer": mib(64), "kernel-cpu": try PublishedFigures.figure(id: "F14a"),
            "kernel-read": mib(45), "initramfs-cpu": .assumed(0.5, "s"), "initramfs-wait": .assumed(0.2, "s"),
            "slab": mib(22), "page-cache": mib(60), "freed-after-boot": mib(70),
        ]
        var daemons = ["systemd": mib(6), "journald": mib(3), "udevd": mib(3), "dbus": mib(1), "getty": mib(0.5)]
        var units = [
            unit("journald", 60, 4, 0, []), unit("udev", 250, 6, 50, []),
            unit("local-fs", 40, 1, 20, ["udev"]), unit("tmpfiles", 60, 1, 0, ["local-fs"]),
            unit("dbus", 40, 2, 0, ["tmpfiles"]), unit("network", 120, 5, 100, ["udev", "tmpfiles"]),
        ]
        if id != "debian-12-minimal" {
            constants["slab"] = mib(34)
            constants["page-cache"] = mib(150)
            constants["freed-after-boot"] = mib(120)
            for (name, size) in [
                ("sshd", 1.5), ("rsyslogd", 2.5), ("cron", 0.7), ("polkitd", 3.5), ("resolved", 5),
                ("networkd", 3), ("timesyncd", 1.5), ("logind", 1.5), ("unattended-upgrades", 10),
            ] { daemons[name] = mib(size) }
            units += [
                unit("apparmor", 180, 4, 0, ["local-fs"]), unit("cloud-init-local", 700, 25, 0, ["local-fs"]),
                unit("networkd", 80, 3, 300, ["cloud-init-local", "udev"]),
                unit("resolved", 70, 3, 0, ["networkd"]), unit("cloud-init", 900, 15, 200, ["networkd"]),
                unit("ssh-host-keys", 350, 1, 0, ["cloud-init"]), unit("ssh", 50, 3, 0, ["ssh-host-keys"]),
                unit("rsyslog", 30, 2, 0, ["tmpfiles"]), unit("logind", 50, 2, 0, ["dbus"]),
                unit("polkit", 80, 4, 0, ["dbus"]),
            ]
        }
        return GuestProfile(id: id, constants: constants, daemons: daemons, units: units)
    }
}
