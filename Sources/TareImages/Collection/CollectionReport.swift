import TareCore

/// What a collection took away.
public struct CollectionReport: Hashable, Codable, Sendable {
    /// Blobs that nothing needs.
    public var blobs = 0
    /// Bytes of those blobs' blocks.
    public var blobBytes = ByteCount.zero
    /// Committed snapshots that nothing stands on and no image has.
    public var snapshots = 0
    /// Interrupted ingests, and half-made snapshots of processes that are gone.
    public var leftovers = 0
    /// Leases of processes that are gone, or whose time is over.
    public var leases = 0

    enum CodingKeys: String, CodingKey {
        case blobs, snapshots, leftovers, leases
        case blobBytes = "blob_bytes"
    }

    /// Nothing yet.
    public init() {}
}
