/// One image of the file `manifest.json` that `docker save` writes; the file holds a list of them.
public struct DockerArchiveManifest: Hashable, Codable, Sendable {
    /// The file's name.
    public static let fileName = "manifest.json"

    /// Path of the configuration in the archive.
    public var config: String
    /// The image's names.
    public var repoTags: [String]?
    /// Paths of the uncompressed layers in the archive, lowest first.
    public var layers: [String]

    /// Names an image's members.
    public init(config: String, repoTags: [String]? = nil, layers: [String]) {
        self.config = config
        self.repoTags = repoTags
        self.layers = layers
    }

    enum CodingKeys: String, CodingKey {
        case config = "Config"
        case repoTags = "RepoTags"
        case layers = "Layers"
    }
}
