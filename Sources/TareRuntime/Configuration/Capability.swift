/// One of the powers that root's are split into (capabilities(7)).
public struct Capability: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The kernel's number, a bit of the sets in /proc/self/status.
    public let number: Int

    /// The kernel's names by number, from linux/capability.h.
    public static let names = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
        "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST",
        "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO",
        "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE",
        "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE",
        "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ]

    /// All that this version knows.
    public static let all = Set(names.indices.map { Capability(number: $0) })

    /// What docker gives a container (its documentation, "Runtime privilege and Linux capabilities").
    public static let standard = Set(
        [
            "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW",
            "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
        ].compactMap { Capability($0) }
    )

    private init(number: Int) { self.number = number }

    /// The capability of a name, with or without `CAP_`, in any case; `nil` where there is none.
    public init?(_ name: String) {
        let upper = name.uppercased()
        guard let number = Self.names.firstIndex(of: upper.hasPrefix("CAP_") ? upper : "CAP_" + upper) else {
            return nil
        }
        self.number = number
    }

    /// The kernel's name.
    public var description: String { Self.names[number] }

    /// In the kernel's order.
    public static func < (left: Capability, right: Capability) -> Bool { left.number < right.number }

    /// The set of a mask as /proc/self/status prints it, without those that this version does not know.
    static func set(mask: UInt64) -> Set<Capability> { all.filter { mask & (1 << UInt64($0.number)) != 0 } }
}

/// What a container may do beyond an ordinary user.
public enum CapabilityChoice: Sendable, Hashable {
    /// Exactly these.
    case only(Set<Capability>)
    /// All that the host can give: its bounding set.
    case privileged

    /// Docker's fourteen.
    public static let standard = CapabilityChoice.only(Capability.standard)
}
