import TareCore

/// One layer of an image and where its blob is.
struct ImageLayer: Sendable {
    /// The blob's name in the store.
    var name: String
    /// Of the blob, or of what is inside its compression; see `isUnpacked`.
    var digest: Digest
    /// The blob's length in bytes, where it is promised.
    var length: Int64?
    /// Whether the digest is that of the uncompressed bytes.
    var isUnpacked: Bool
    /// The line of the recipe that made it.
    var createdBy: String?
}
