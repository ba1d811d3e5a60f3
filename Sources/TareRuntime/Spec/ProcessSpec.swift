/// The `process` of the specification; alone in a file it describes what `exec` runs.
struct ProcessSpec: Codable, Sendable, Hashable {
    struct User: Codable, Sendable, Hashable {
        var uid: UInt32
        var gid: UInt32
        var umask: UInt32?
        var additionalGids: [UInt32]?
    }

    struct Capabilities: Codable, Sendable, Hashable {
        var bounding: [String]
        var effective: [String]
        var inheritable: [String]
        var permitted: [String]
        var ambient: [String]
    }

    var terminal: Bool
    var user: User
    var args: [String]
    var env: [String]
    var cwd: String
    var capabilities: Capabilities
    var rlimits: [ProcessLimit]?
    var noNewPrivileges: Bool
    var oomScoreAdj: Int?
}
