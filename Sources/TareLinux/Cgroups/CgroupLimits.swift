import TareCore

/// What a control group may use; `nil` is no limit.
///
/// In the units of the runtime specification, so that the same value goes into a bundle and into a group's files.
public struct CgroupLimits: Sendable, Hashable, Codable {
    /// Memory, page cache included.
    public var memory: ByteCount?
    /// Memory and swap together, needs `memory`; -1 is no limit.
    public var memoryAndSwap: ByteCount?
    /// A soft limit: what the group is pushed back to when the host runs short.
    public var memoryReservation: ByteCount?
    /// CPU time in microseconds that may be used each period; -1 is no limit.
    public var cpuQuota: Int64?
    /// The period in microseconds, 1,000 to 1,000,000.
    public var cpuPeriod: UInt64?
    /// The weight against other groups in v1 terms, 2 to 262,144; 1,024 is the usual one.
    public var cpuShares: UInt64?
    /// CPUs that may be used, as `0-3,7`.
    public var cpus: String?
    /// Memory nodes that may be used, as `0`.
    public var memoryNodes: String?
    /// The greatest number of tasks; -1 is no limit.
    public var tasks: Int64?
    /// The weight of disk requests, 10 to 1,000.
    public var ioWeight: UInt16?
    /// Rates of disks.
    public var ioRates: [CgroupIORate] = []
    /// Real-time runtime in microseconds each period.
    public var realtimeRuntime: Int64?
    /// Huge pages by size, as `2MB`, in bytes.
    public var hugePages: [String: ByteCount] = [:]
    /// The class of network packets (net_cls).
    public var networkClass: UInt32?

    /// No limits.
    public init() {}
}

/// The most that a group may read from or write to one disk.
public struct CgroupIORate: Sendable, Hashable, Codable {
    /// What is counted.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Bytes read a second.
        case readBytes
        /// Bytes written a second.
        case writeBytes
        /// Reads a second.
        case reads
        /// Writes a second.
        case writes
    }

    /// The disk's major number.
    public var major: Int64
    /// The disk's minor number.
    public var minor: Int64
    /// What is counted.
    public var kind: Kind
    /// The most a second.
    public var rate: UInt64

    /// Takes the four.
    public init(major: Int64, minor: Int64, kind: Kind, rate: UInt64) {
        self.major = major
        self.minor = minor
        self.kind = kind
        self.rate = rate
    }
}
