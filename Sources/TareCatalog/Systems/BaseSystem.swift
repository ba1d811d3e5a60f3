import TareCore

/// A base system of the comparison: the container's base or a guest OS, as a set of Debian packages.
public struct BaseSystem: Codable, Sendable, Hashable {
    /// What it is used as.
    public enum Role: String, Codable, Sendable {
        /// The lowest layers of a container image: no kernel, no service manager.
        case container
        /// A guest's operating system.
        case guest
    }

    /// The id that scenarios and flags use: `debian-12-container`, `debian-12-minimal`, `debian-12-cloud`.
    public var id: String
    /// For people.
    public var title: String
    /// Container base or guest OS.
    public var role: Role
    /// The Debian release: `bookworm`.
    public var release: String
    /// Packages beyond debootstrap's minimal base.
    public var packages: [String]
    /// The size of the guest's volume; `nil` for a container base.
    public var volume: ByteCount?

    /// Makes a base system.
    public init(
        id: String,
        title: String,
        role: Role,
        release: String,
        packages: [String],
        volume: ByteCount? = nil
    ) {
        self.id = id
        self.title = title
        self.role = role
        self.release = release
        self.packages = packages
        self.volume = volume
    }
}
