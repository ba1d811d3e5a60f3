import TareCore
import TareRuntime

/// What a container uses, as `stats` shows it: one row.
public struct ContainerUse: Sendable, Hashable, Codable {
    /// Its id.
    public var id: ContainerID
    /// Its name.
    public var name: String
    /// Seconds between the two readings that the CPU share comes from.
    public var interval: Double
    /// Memory, CPU, tasks and disk, each with its formula.
    public var statistics: ContainerStatistics
    /// What its links carried; `nil` in the host's network.
    public var network: NetworkCount?

    enum CodingKeys: String, CodingKey {
        case id, name, statistics, network
        case interval = "interval_seconds"
    }

    /// What was used between two readings.
    public init(id: ContainerID, name: String, from first: UsageReading?, to last: UsageReading) {
        self.id = id
        self.name = name
        let elapsed = first.map { last.monotonic - $0.monotonic } ?? 0
        interval = Double(elapsed) / 1e9
        statistics = ContainerStatistics(
            before: first?.usage,
            now: last.usage,
            nanoseconds: elapsed,
            limits: last.limits,
            interface: last.interface
        )
        network = last.network
    }
}
