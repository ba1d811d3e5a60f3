import TareCore
import TareEngine
import TareProbe

/// One container of a measured replication, and what was found out about it.
struct MeasuredInstance: Sendable {
    /// Its place among all.
    var index: Int
    /// The number of its service.
    var service: Int
    /// The container.
    var id: ContainerID
    /// When it was asked for, CLOCK_MONOTONIC in nanoseconds.
    var requested: UInt64
    /// When each mark was reached, in seconds after the request.
    var marks: [StartMark: Double] = [:]
    /// When the supervisor lived, in seconds after the request.
    var supervised: Double?
    /// Why it is not ready; `nil` where it is.
    var failure: String?
    /// Memory of its processes.
    var processes = ProcessMemory.zero
    /// Memory of its supervisor.
    var supervisor = ProcessMemory.zero
    /// Memory that its control group is charged for, less inactive file pages.
    var workingSet = ByteCount.zero
    /// The part of it that the kernel itself holds.
    var kernel = ByteCount.zero
    /// File pages that its control group is charged for.
    var pageCache = ByteCount.zero
    /// CPU seconds of its processes since they began.
    var cpuSeconds = 0.0
    /// CPU seconds of its supervisor and of the runtime that made it.
    var engineSeconds = 0.0
    /// Its writable layer.
    var written = DiskBlocks.zero
    /// All else that it has on the disk: records, log, files that are mounted into it.
    var records = DiskBlocks.zero
}
