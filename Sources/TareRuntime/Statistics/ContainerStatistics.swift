import TareCore
import TareLinux

/// What a container uses, each figure with the formula that it comes from.
///
/// "Memory used" has had four formulas among container tools; a figure without its formula cannot be compared. Tare uses
/// that of the docker command line and says so.
public struct ContainerStatistics: Sendable, Hashable, Codable {
    /// A figure with its formula in words.
    public struct Figure<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
        /// The value.
        public var value: Value
        /// How it comes from what the kernel counts.
        public var formula: String
    }

    /// Memory that the container would miss: usage without page cache that was not used lately.
    public var memoryUsed: Figure<ByteCount>?
    /// The limit of its memory; `nil` where it has none.
    public var memoryLimit: ByteCount?
    /// CPU time over the interval, in percent of one CPU: two busy CPUs are 200.
    public var cpuPercent: Figure<Double>?
    /// Tasks now.
    public var tasks: Figure<Int64>?
    /// Bytes read from disks since the start.
    public var readBytes: Figure<ByteCount>?
    /// Bytes written to disks since the start.
    public var writtenBytes: Figure<ByteCount>?
    /// What the kernel counted, unchanged.
    public var usage: CgroupUsage

    /// The statistics of an interval.
    ///
    /// - Parameters:
    ///   - before: the usage at its start; `nil` gives no CPU share.
    ///   - now: the usage at its end.
    ///   - nanoseconds: its length on a monotonic clock.
    ///   - limits: the limits that hold.
    ///   - interface: which names the formulas use.
    /// - Complexity: O(1).
    public init(
        before: CgroupUsage?,
        now: CgroupUsage,
        nanoseconds: UInt64,
        limits: CgroupLimits,
        interface: Cgroups.Interface
    ) {
        let isOne = interface == .v1
        usage = now
        memoryLimit = limits.memory
        if let memory = now.memory {
            let inactive = now.inactiveFile ?? .zero
            // The two are read one after the other: a cache that grew in between is not negative memory.
            memoryUsed = Figure(
                value: inactive < memory ? memory - inactive : memory,
                formula: isOne
                    ? "memory.usage_in_bytes - total_inactive_file" : "memory.current - inactive_file"
            )
        }
        if let first = before?.cpu, let last = now.cpu, nanoseconds > 0 {
            cpuPercent = Figure(
                value: Double(last &- min(first, last)) / Double(nanoseconds) * 100,
                formula: isOne
                    ? "100 * change of cpuacct.usage / elapsed time" : "100 * change of usage_usec / elapsed time"
            )
        }
        tasks = now.tasks.map { Figure(value: $0, formula: "pids.current") }
        readBytes = now.readBytes.map {
            Figure(
                value: $0,
                formula: isOne ? "blkio.throttle.io_service_bytes_recursive Read, summed" : "io.stat rbytes, summed"
            )
        }
        writtenBytes = now.writtenBytes.map {
            Figure(
                value: $0,
                formula: isOne ? "blkio.throttle.io_service_bytes_recursive Write, summed" : "io.stat wbytes, summed"
            )
        }
    }
}
