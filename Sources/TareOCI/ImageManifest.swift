/// One image: its configuration and its layers, lowest first.
public struct ImageManifest: Hashable, Codable, Sendable {
    /// Always 2.
    public var schemaVersion: Int
    /// `MediaType.manifest`, where it is written.
    public var mediaType: MediaType?
    /// The configuration's blob.
    public var config: Descriptor
    /// The layers' blobs, lowest first.
    public var layers: [Descriptor]
    /// The type of what it carries, where that is no image.
    public var artifactType: String?
    /// The manifest that this one says something about: a signature's image.
    public var subject: Descriptor?
    /// Notes.
    public var annotations: [String: String]?

    /// Makes a manifest of version 2.
    public init(
        config: Descriptor,
        layers: [Descriptor],
        artifactType: String? = nil,
        subject: Descriptor? = nil,
        annotations: [String: String]? = nil
    ) {
        schemaVersion = 2
        mediaType = .manifest
        self.config = config
        self.layers = layers
        self.artifactType = artifactType
        self.subject = subject
        self.annotations = annotations
    }
}
