extension ImageConfig {
    /// How an image's program starts.
    public struct Execution: Hashable, Codable, Sendable {
        /// The user, by name or number: `user`, `uid`, `user:group`, `uid:gid`.
        public var user: String?
        /// Ports that it listens on: `80/tcp`.
        public var exposedPorts: Set<String>?
        /// `NAME=value`.
        public var environment: [String]?
        /// The first words of the command.
        public var entrypoint: [String]?
        /// The words after them.
        public var command: [String]?
        /// Folders whose content does not belong to the container.
        public var volumes: Set<String>?
        /// Where it starts.
        public var workingDirectory: String?
        /// Notes.
        public var labels: [String: String]?
        /// The signal that asks it to end: `SIGTERM`.
        public var stopSignal: String?
        /// How long to wait after it, in seconds; Docker's.
        public var stopTimeout: Int?
        /// How to see whether it works; Docker's.
        public var healthcheck: Healthcheck?
        /// What the shell form of a command runs in; Docker's.
        public var shell: [String]?
        /// Instructions for those who build on it; Docker's.
        public var onBuild: [String]?
        /// Whether a command's arguments are one string, for Windows; Docker's.
        public var argumentsEscaped: Bool?

        /// Makes an empty one.
        public init() {}

        enum CodingKeys: String, CodingKey {
            case user = "User"
            case exposedPorts = "ExposedPorts"
            case environment = "Env"
            case entrypoint = "Entrypoint"
            case command = "Cmd"
            case volumes = "Volumes"
            case workingDirectory = "WorkingDir"
            case labels = "Labels"
            case stopSignal = "StopSignal"
            case stopTimeout = "StopTimeout"
            case healthcheck = "Healthcheck"
            case shell = "Shell"
            case onBuild = "OnBuild"
            case argumentsEscaped = "ArgsEscaped"
        }

        /// Sets are objects with empty values on the wire.
        private struct Nothing: Codable {}

        /// Reads what there is; sets are objects whose values do not matter.
        public init(from decoder: any Decoder) throws {
            let from = try decoder.container(keyedBy: CodingKeys.self)
            func names(_ key: CodingKeys) throws -> Set<String>? {
                try from.decodeIfPresent([String: Nothing].self, forKey: key).map { Set($0.keys) }
            }
            user = try from.decodeIfPresent(String.self, forKey: .user)
            exposedPorts = try names(.exposedPorts)
            environment = try from.decodeIfPresent([String].self, forKey: .environment)
            entrypoint = try from.decodeIfPresent([String].self, forKey: .entrypoint)
            command = try from.decodeIfPresent([String].self, forKey: .command)
            volumes = try names(.volumes)
            workingDirectory = try from.decodeIfPresent(String.self, forKey: .workingDirectory)
            labels = try from.decodeIfPresent([String: String].self, forKey: .labels)
            stopSignal = try from.decodeIfPresent(String.self, forKey: .stopSignal)
            stopTimeout = try from.decodeIfPresent(Int.self, forKey: .stopTimeout)
            healthcheck = try from.decodeIfPresent(Healthcheck.self, forKey: .healthcheck)
            shell = try from.decodeIfPresent([String].self, forKey: .shell)
            onBuild = try from.decodeIfPresent([String].self, forKey: .onBuild)
            argumentsEscaped = try from.decodeIfPresent(Bool.self, forKey: .argumentsEscaped)
        }

        /// Writes what is set, and leaves out what is not.
        public func encode(to encoder: any Encoder) throws {
            var into = encoder.container(keyedBy: CodingKeys.self)
            func write(_ names: Set<String>?, _ key: CodingKeys) throws {
                guard let names else { return }
                try into.encode(Dictionary(uniqueKeysWithValues: names.map { ($0, Nothing()) }), forKey: key)
            }
            try into.encodeIfPresent(user, forKey: .user)
            try write(exposedPorts, .exposedPorts)
            try into.encodeIfPresent(environment, forKey: .environment)
            try into.encodeIfPresent(entrypoint, forKey: .entrypoint)
            try into.encodeIfPresent(command, forKey: .command)
            try write(volumes, .volumes)
            try into.encodeIfPresent(workingDirectory, forKey: .workingDirectory)
            try into.encodeIfPresent(labels, forKey: .labels)
            try into.encodeIfPresent(stopSignal, forKey: .stopSignal)
            try into.encodeIfPresent(stopTimeout, forKey: .stopTimeout)
            try into.encodeIfPresent(healthcheck, forKey: .healthcheck)
            try into.encodeIfPresent(shell, forKey: .shell)
            try into.encodeIfPresent(onBuild, forKey: .onBuild)
            try into.encodeIfPresent(argumentsEscaped, forKey: .argumentsEscaped)
        }
    }
}
