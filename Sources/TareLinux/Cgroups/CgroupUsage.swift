import TareCore

/// What a control group has used, as the kernel counts it; `nil` where the host has no controller for it.
public struct CgroupUsage: Sendable, Hashable, Codable {
    /// Memory now, page cache included.
    public var memory: ByteCount?
    /// The part of it that is page cache and has not been used lately: what the kernel takes back first.
    public var inactiveFile: ByteCount?
    /// Anonymous memory.
    public var anonymous: ByteCount?
    /// Page cache.
    public var file: ByteCount?
    /// Memory that the kernel itself holds for the group.
    public var kernel: ByteCount?
    /// The most memory that it ever had.
    public var memoryPeak: ByteCount?
    /// How many processes were ended because memory was short.
    public var oomKills: Int64?
    /// CPU time in nanoseconds, all CPUs.
    public var cpu: UInt64?
    /// CPU time in user mode, in nanoseconds.
    public var cpuUser: UInt64?
    /// CPU time in the kernel, in nanoseconds.
    public var cpuSystem: UInt64?
    /// Time that it was kept from running by its quota, in nanoseconds.
    public var throttled: UInt64?
    /// Tasks now.
    public var tasks: Int64?
    /// Bytes read from disks.
    public var readBytes: ByteCount?
    /// Bytes written to disks.
    public var writtenBytes: ByteCount?
    /// Reads from disks.
    public var reads: Int64?
    /// Writes to disks.
    public var writes: Int64?

    /// Nothing known.
    public init() {}
}
