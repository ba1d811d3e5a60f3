import TareCore
import TareNetwork

/// A container as `ps` shows it.
public struct ContainerSummary: Sendable, Hashable, Codable {
    /// What it does now.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Made, and never started.
        case created
        /// Its program runs.
        case running
        /// It is frozen.
        case paused
        /// It has ended.
        case exited
        /// It is being made or removed by somebody.
        case changing
    }

    /// Its id.
    public var id: ContainerID
    /// Its name.
    public var name: String
    /// The image as the user gave it.
    public var image: String
    /// The image's id.
    public var imageID: Digest
    /// What it runs.
    public var command: [String]
    /// When it was made, RFC 3339.
    public var created: String
    /// What it does now.
    public var status: Status
    /// How it ended last.
    public var exitCode: Int32?
    /// When it was started last, RFC 3339.
    public var started: String?
    /// When it ended last, RFC 3339.
    public var finished: String?
    /// What its health checks have shown; `nil` without one.
    public var health: HealthState.Status?
    /// Ports of the host that lead to it.
    public var ports: [PublishedPort]
    /// Its network.
    public var network: String
    /// Its addresses by network.
    public var addresses: [String: String]
    /// Labels.
    public var labels: [String: String]
    /// The process id of its first process on the host, while it runs.
    public var pid: Int32?
    /// Restarts by its policy.
    public var restarts: Int

    enum CodingKeys: String, CodingKey {
        case id, name, image, command, created, status, started, finished, health, ports, network, addresses, labels,
            pid
        case restarts
        case imageID = "image_id"
        case exitCode = "exit_code"
    }
}
