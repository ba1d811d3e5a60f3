/// What is known of a snapshot.
public struct Snapshot: Hashable, Codable, Sendable {
    /// Whether it can still change.
    public enum Kind: String, Hashable, Codable, Sendable {
        /// It can be written to.
        case active
        /// It never changes again.
        case committed
    }

    /// Its key.
    public var key: String
    /// Whether it can still change.
    public var kind: Kind
    /// The key of the committed snapshot that it stands on.
    public var parent: String?
    /// When it was made, in seconds since 1970.
    public var created: Int64
    /// What its maker wants to find again.
    public var labels: [String: String]

    /// Describes a snapshot.
    public init(key: String, kind: Kind, parent: String?, created: Int64, labels: [String: String] = [:]) {
        self.key = key
        self.kind = kind
        self.parent = parent
        self.created = created
        self.labels = labels
    }
}
