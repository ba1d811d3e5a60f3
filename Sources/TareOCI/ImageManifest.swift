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
    /// Notes.
    public var annotations: [String: String]?

    /// Makes a manifest of version 2.
    public init(config: Descriptor, layers: [Descriptor], annotations: [String: String]? = nil) {
        schemaVersion = 2
        mediaType = .manifest
        self.config = config
        self.layers = layers
        self.annotations = annotations
    }
}
