import TareOCI

/// A name and the image that it stands for.
public struct ImageRecord: Hashable, Codable, Sendable {
    /// The full name: `docker.io/library/debian:12`.
    public var name: String
    /// The manifest or index.
    public var target: Descriptor
    /// When the name was given, in seconds since 1970.
    public var updated: Int64

    /// Makes a record.
    public init(name: String, target: Descriptor, updated: Int64) {
        self.name = name
        self.target = target
        self.updated = updated
    }
}
