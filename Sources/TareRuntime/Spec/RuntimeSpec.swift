import TareCore

/// config.json of a bundle, as the runtime specification has it; only the parts that Tare writes.
struct RuntimeSpec: Codable, Sendable, Hashable {
    struct Root: Codable, Sendable, Hashable {
        var path: String
        var readonly: Bool
    }

    /// What crun 1.8 and runc 1.1 both accept; crun refuses a later one.
    var ociVersion = "1.0.2"
    var process: ProcessSpec
    var root: Root
    var hostname: String?
    var mounts: [MountSpec]
    var hooks: ContainerHooks?
    var annotations: [String: String]?
    var linux: LinuxSpec
}

/// A mount of the specification.
struct MountSpec: Codable, Sendable, Hashable {
    var destination: String
    var type: String
    var source: String
    var options: [String]
}
