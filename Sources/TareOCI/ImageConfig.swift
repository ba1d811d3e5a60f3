import TareCore

/// What an image's layers were made from and how its program starts.
public struct ImageConfig: Hashable, Codable, Sendable {
    /// The architecture that it is for.
    public var architecture: String
    /// The system that it is for.
    public var os: String
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

    /// How an image's program starts.
    public struct Execution: Hashable, Codable, Sendable {
        /// The user, by name or number.
        public var user: String?
        /// `NAME=value`.
        public var environment: [String]?
        /// The first words of the command.
        public var entrypoint: [String]?
        /// The words after them.
        public var command: [String]?
        /// Where it starts.
        public var workingDirectory: String?
        /// Notes.
        public var labels: [String: String]?
        /// Ports that the program listens on: `80/tcp`.
        public var exposedPorts: Set<String>? {
            get { ports.map { Set($0.keys) } }
            set { ports = newValue.map { Dictionary(uniqueKeysWithValues: $0.map { ($0, EmptyObject()) }) } }
        }
        /// Folders for data that outlives a container.
        public var volumes: Set<String>? {
            get { folders.map { Set($0.keys) } }
            set { folders = newValue.map { Dictionary(uniqueKeysWithValues: $0.map { ($0, EmptyObject()) }) } }
        }
        /// The signal that stops the program: `SIGTERM`.
        public var stopSignal: String?
        /// How to see whether the program is well; Docker's addition to the specification.
        public var healthCheck: HealthTest?
        /// The shell of commands in the shell form; Docker's addition.
        public var shell: [String]?
        /// Instructions for images that are built from this one; Docker's addition.
        public var onBuild: [String]?

        private var ports: [String: EmptyObject]?
        private var folders: [String: EmptyObject]?

        /// Makes an empty one.
        public init() {}

        enum CodingKeys: String, CodingKey {
            case user = "User"
            case environment = "Env"
            case entrypoint = "Entrypoint"
            case command = "Cmd"
            case workingDirectory = "WorkingDir"
            case labels = "Labels"
            case ports = "ExposedPorts"
            case folders = "Volumes"
            case stopSignal = "StopSignal"
            case healthCheck = "Healthcheck"
            case shell = "Shell"
            case onBuild = "OnBuild"
        }
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
        /// Whether it made no layer.
        public var emptyLayer: Bool?

        /// Makes a step.
        public init(created: String? = nil, createdBy: String? = nil, emptyLayer: Bool? = nil) {
            self.created = created
            self.createdBy = createdBy
            self.emptyLayer = emptyLayer
        }

        enum CodingKeys: String, CodingKey {
            case created
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
