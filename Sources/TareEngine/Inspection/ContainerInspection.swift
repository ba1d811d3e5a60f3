import TareCore
import TareNetwork

/// All that is known of a container.
public struct ContainerInspection: Sendable, Hashable, Codable {
    /// As in the list.
    public var summary: ContainerSummary
    /// What it is.
    public var record: ContainerRecord
    /// What became of it.
    public var state: ContainerState
    /// Its places in networks.
    public var attachments: [NetworkAttachment]
    /// Its health.
    public var health: HealthState?
    /// Its folder on the host.
    public var folder: String
    /// Its log file.
    public var log: String
}
