/// The `linux` part of the specification.
struct LinuxSpec: Codable, Sendable, Hashable {
    struct Namespace: Codable, Sendable, Hashable {
        var type: String
        var path: String?
    }

    struct Device: Codable, Sendable, Hashable {
        var path: String
        var type: String
        var major: Int64
        var minor: Int64
        var fileMode: UInt32
        var uid: UInt32
        var gid: UInt32
    }

    var namespaces: [Namespace]
    var uidMappings: [IdentityMaps.Range]?
    var gidMappings: [IdentityMaps.Range]?
    var devices: [Device]?
    var cgroupsPath: String
    var resources: ResourcesSpec
    var sysctl: [String: String]?
    var seccomp: SeccompSpec?
    var maskedPaths: [String]
    var readonlyPaths: [String]
    var rootfsPropagation: String?
}
