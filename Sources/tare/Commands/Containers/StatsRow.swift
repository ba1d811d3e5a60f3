import TareCore
import TareEngine

/// A row of `stats`, in the units that its keys name.
struct StatsRow: Encodable {
    var id: String
    var name: String
    var intervalSeconds: Double
    var memoryUsedBytes: Int64?
    var memoryFormula: String?
    var memoryLimitBytes: Int64?
    var cpuPercent: Double?
    var cpuFormula: String?
    var tasks: Int64?
    var networkReceivedBytes: UInt64?
    var networkSentBytes: UInt64?
    var diskReadBytes: Int64?
    var diskWrittenBytes: Int64?
    /// What the kernel counted for the group, unchanged: page cache and anonymous memory apart.
    var memoryUsageBytes: Int64?
    var memoryFileBytes: Int64?
    var memoryAnonymousBytes: Int64?
    var memoryPeakBytes: Int64?
    var cpuNanoseconds: UInt64?

    init(_ use: ContainerUse) {
        let found = use.statistics
        id = use.id.description
        name = use.name
        intervalSeconds = use.interval
        memoryUsedBytes = found.memoryUsed?.value.bytes
        memoryFormula = found.memoryUsed?.formula
        memoryLimitBytes = found.memoryLimit?.bytes
        cpuPercent = found.cpuPercent?.value
        cpuFormula = found.cpuPercent?.formula
        tasks = found.tasks?.value
        networkReceivedBytes = use.network?.received
        networkSentBytes = use.network?.sent
        diskReadBytes = found.readBytes?.value.bytes
        diskWrittenBytes = found.writtenBytes?.value.bytes
        memoryUsageBytes = found.usage.memory?.bytes
        memoryFileBytes = found.usage.file?.bytes
        memoryAnonymousBytes = found.usage.anonymous?.bytes
        memoryPeakBytes = found.usage.memoryPeak?.bytes
        cpuNanoseconds = found.usage.cpu
    }

    /// The cells for people; `-` where the host does not count it.
    var cells: [String] {
        func size(_ bytes: Int64?) -> String { bytes.map { ByteCount($0).description } ?? "-" }
        let share = memoryUsedBytes.flatMap { used in memoryLimitBytes.map { Double(used) / Double(max($0, 1)) } }
        return [
            String(id.prefix(12)), name, cpuPercent.map { NumberText.fixed($0, decimals: 1) + "%" } ?? "-",
            size(memoryUsedBytes), memoryLimitBytes.map { ByteCount($0).description } ?? "none",
            share.map { NumberText.percent($0) } ?? "-", size(networkReceivedBytes.map { Int64($0) }),
            size(networkSentBytes.map { Int64($0) }), size(diskReadBytes), size(diskWrittenBytes),
            tasks.map { "\($0)" } ?? "-",
        ]
    }
}
