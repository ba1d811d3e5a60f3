import TareCatalog
import TareCore

/// A part of a root's content with an identity: two pieces with one identity are the same bytes.
///
/// Sharing and duplication are counted from identities and never assumed.
public struct ContentPiece: Sendable, Hashable, Codable {
    /// What the bytes are: `debian-12-cloud/os/kernel`.
    public var identity: String
    /// Who owns them.
    public var owner: Owner
    /// Which part they are.
    public var group: OwnerGroup
    /// Regular files.
    public var files: Int
    /// Sum of the files' sizes.
    public var used: ByteCount
    /// Blocks taken by one copy.
    public var allocated: ByteCount
    /// Compressed.
    public var wire: ByteCount

    /// Makes a piece.
    public init(
        identity: String,
        owner: Owner,
        group: OwnerGroup,
        files: Int,
        used: ByteCount,
        allocated: ByteCount,
        wire: ByteCount
    ) {
        self.identity = identity
        self.owner = owner
        self.group = group
        self.files = files
        self.used = used
        self.allocated = allocated
        self.wire = wire
    }

    /// Whether the piece comes with the base system, and so is the same for every workload on it.
    public var isBase: Bool { owner == .os || owner == .platform }
}
