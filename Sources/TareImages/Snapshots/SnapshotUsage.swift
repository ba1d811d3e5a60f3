import TareCore

/// What a tree takes on the disk.
public struct SnapshotUsage: Hashable, Codable, Sendable {
    /// Bytes of the blocks of its files and folders; a file with several names counts once.
    public var allocated: ByteCount
    /// Bytes that its files claim to have, holes and all.
    public var apparent: ByteCount
    /// Files, folders and others.
    public var inodes: Int

    enum CodingKeys: String, CodingKey {
        case allocated = "allocated_bytes"
        case apparent = "apparent_bytes"
        case inodes
    }

    /// Nothing.
    public static let zero = SnapshotUsage(allocated: .zero, apparent: .zero, inodes: 0)

    /// The sum.
    public static func + (left: SnapshotUsage, right: SnapshotUsage) -> SnapshotUsage {
        SnapshotUsage(
            allocated: left.allocated + right.allocated, apparent: left.apparent + right.apparent,
            inodes: left.inodes + right.inodes)
    }
}
