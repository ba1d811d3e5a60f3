/// One thing that happened to a container, image, volume or network.
public struct EngineEvent: Sendable, Hashable, Codable {
    /// What kind of thing.
    public enum Kind: String, Sendable, Hashable, Codable {
        case container, image, volume, network
    }

    /// When, RFC 3339 with nanoseconds.
    public var time: String
    /// CLOCK_BOOTTIME in nanoseconds, so that two events can be put apart exactly.
    public var boottime: UInt64
    /// What kind of thing.
    public var kind: Kind
    /// What happened: `create`, `start`, `die`, `pull`.
    public var action: String
    /// To whom: an id or a name.
    public var subject: String
    /// More: the image, the exit code, the name.
    public var attributes: [String: String]

    enum CodingKeys: String, CodingKey {
        case time, kind, action, subject, attributes
        case boottime = "boottime_ns"
    }
}
