import TareLinux

/// What one container had used at one moment.
public struct UsageReading: Sendable, Hashable {
    /// CLOCK_MONOTONIC in nanoseconds.
    public var monotonic: UInt64
    /// What its control group counts.
    public var usage: CgroupUsage
    /// The limits that hold.
    public var limits: CgroupLimits
    /// Which kernel interface counted.
    public var interface: Cgroups.Interface
    /// Bytes that its links have received and sent, loopback left out; `nil` in the host's network.
    public var network: NetworkCount?
}
