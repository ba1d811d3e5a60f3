/// One entry of a weighed tree, whatever it was read from.
struct FileNode: Sendable {
    /// What kind of entry it is.
    enum Kind: UInt8, Sendable { case regular, directory, symlink, other }

    /// Absolute path inside the tree: `/usr/bin/ls`.
    var path: String
    var kind: Kind
    var mode: UInt32 = 0
    /// Apparent size in bytes.
    var size: Int64
    /// Blocks taken, in bytes.
    var allocated: Int64
    /// Number of a group of hard links; `nil` for a file with one name.
    var link: Int?
    /// A symbolic link's target.
    var target: String?
}
