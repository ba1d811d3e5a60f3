import TareCore

/// What images and containers take on the disk, by blocks and not by sums of what files claim.
public struct ImageDiskUsage: Hashable, Codable, Sendable {
    /// One image.
    public struct Entry: Hashable, Codable, Sendable {
        /// The configuration's digest.
        public var id: String
        /// Its names.
        public var names: [String]
        /// Bytes of the blocks of its unpacked layers.
        public var unpacked: ByteCount
        /// Of these, in layers that other images have too.
        public var shared: ByteCount
        /// Of these, in layers that are its own: what removing it would give back.
        public var unique: ByteCount
        /// Bytes that were transferred for it.
        public var transferred: ByteCount

        enum CodingKeys: String, CodingKey {
            case id, names
            case unpacked = "unpacked_bytes"
            case shared = "shared_bytes"
            case unique = "unique_bytes"
            case transferred = "transferred_bytes"
        }
    }

    /// The images.
    public var images: [Entry]
    /// All committed snapshots, each once.
    public var layers: SnapshotUsage
    /// Of these, what no image has.
    public var unusedLayers: SnapshotUsage
    /// All active snapshots: writable layers.
    public var writable: SnapshotUsage
    /// Bytes of the blocks of all blobs.
    public var blobs: ByteCount
    /// How many blobs there are.
    public var blobCount: Int

    enum CodingKeys: String, CodingKey {
        case images, layers, writable
        case unusedLayers = "unused_layers"
        case blobs = "blob_bytes"
        case blobCount = "blobs"
    }
}
