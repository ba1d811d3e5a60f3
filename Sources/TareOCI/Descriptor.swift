import TareCore

/// Names a blob by digest, size and type.
public struct Descriptor: Hashable, Codable, Sendable {
    /// What the blob is.
    public var mediaType: MediaType
    /// The blob's digest.
    public var digest: Digest
    /// The blob's length in bytes, as it is transferred.
    public var size: Int64
    /// The system that it is for; only in an index.
    public var platform: ImagePlatform?
    /// Notes, such as the image's name.
    public var annotations: [String: String]?
    /// The type of what a manifest carries, where it is no image.
    public var artifactType: String?

    /// Where else the blob can be fetched.
    public var urls: [String]?
    /// The blob itself, in base64, where it is small.
    public var data: String?

    /// Makes a descriptor.
    public init(
        mediaType: MediaType,
        digest: Digest,
        size: Int64,
        platform: ImagePlatform? = nil,
        annotations: [String: String]? = nil,
        artifactType: String? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.platform = platform
        self.annotations = annotations
        self.artifactType = artifactType
    }

    /// The image's name in a layout's index: `org.opencontainers.image.ref.name`.
    public var referenceName: String? { annotations?["org.opencontainers.image.ref.name"] }
}
