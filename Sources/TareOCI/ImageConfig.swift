import TareCore

/// What an image's layers were made from and how its program starts.
public struct ImageConfig: Hashable, Codable, Sendable {
    /// The architecture that it is for.
    public var architecture: String
    /// The system that it is for.
    public var os: String
    /// A processor variant: `v8`.
    public var variant: String?
    /// The system's version, for Windows.
    public var osVersion: String?
    /// What the system must have, for Windows.
    public var osFeatures: [String]?
    /// When it was made, in RFC 3339.
    public var created: String?
    /// Who made it.
    public var author: String?
    /// How the program starts.
    public var config: Execution?
    /// The layers' digests before compression.
    public var rootfs: RootFS
    /// The steps that made the layers, first one first.
    public var history: [Step]?

    /// Makes a configuration.
    public init(
        architecture: String = ImagePlatform.host.architecture,
        os: String = "linux",
        created: String? = nil,
        config: Execution? = nil,
        rootfs: RootFS,
        history: [Step]? = nil
    ) {
        self.architecture = architecture
        self.os = os
        self.created = created
        self.config = config
        self.rootfs = rootfs
        self.history = history
    }

    enum CodingKeys: String, CodingKey {
        case architecture, os, variant, created, author, config, rootfs, history
        case osVersion = "os.version"
        case osFeatures = "os.features"
    }

    /// The platform that it is for.
    public var platform: ImagePlatform {
        ImagePlatform(architecture: architecture, os: os, variant: variant, osVersion: osVersion)
    }

    /// The layers as they are unpacked.
    public struct RootFS: Hashable, Codable, Sendable {
        /// Always `layers`.
        public var type: String
        /// Digests of the uncompressed layers, lowest first.
        public var diffIDs: [Digest]

        /// Names the layers.
        public init(diffIDs: [Digest]) {
            type = "layers"
            self.diffIDs = diffIDs
        }

        enum CodingKeys: String, CodingKey {
            case type
            case diffIDs = "diff_ids"
        }
    }

    /// One step of the recipe.
    public struct Step: Hashable, Codable, Sendable {
        /// When it was done.
        public var created: String?
        /// The line that did it.
        public var createdBy: String?
        /// Who wrote it.
        public var author: String?
        /// What it was done for.
        public var comment: String?
        /// Whether it made no layer.
        public var emptyLayer: Bool?

        /// Makes a step.
        public init(
            created: String? = nil,
            createdBy: String? = nil,
            comment: String? = nil,
            emptyLayer: Bool? = nil
        ) {
            self.created = created
            self.createdBy = createdBy
            self.comment = comment
            self.emptyLayer = emptyLayer
        }

        enum CodingKeys: String, CodingKey {
            case created, author, comment
            case createdBy = "created_by"
            case emptyLayer = "empty_layer"
        }
    }

    /// The recipe's line of each layer, lowest first; `nil` where the history does not tell.
    public var layerSteps: [String?] {
        let lines = (history ?? []).filter { $0.emptyLayer != true }.map(\.createdBy)
        return rootfs.diffIDs.indices.map { lines.count == rootfs.diffIDs.count ? lines[$0] : nil }
    }
}
