import TareCore

/// What one installed package weighs.
public struct PackageWeight: Codable, Sendable, Hashable {
    /// The package's name.
    public var name: String
    /// Its version.
    public var version: String
    /// Who it belongs to in the primary attribution.
    public var owner: Owner
    /// Whether the workload and the OS both need it, so that it could belong to either.
    public var shared: Bool
    /// Regular files, hard links once.
    public var files = 0
    /// Sum of the files' sizes.
    public var used = ByteCount.zero
    /// Blocks taken.
    public var allocated = ByteCount.zero

    enum CodingKeys: String, CodingKey {
        case name, version, owner, shared, files
        case used = "used_bytes"
        case allocated = "allocated_bytes"
    }
}
