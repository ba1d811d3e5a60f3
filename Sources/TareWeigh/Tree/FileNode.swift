/// One entry of a weighed tree, whatever it was read from.
struct FileNode: Sendable {
    /// What kind of entry it is.
    enum Kind: UInt8, Sendable { case regular, directory, symlink, other }

    /// Absolute path inside the tree: `/usr/bin/ls`.
    ///
    /// Bytes that are no UTF-8 are written `\xE9`.
    var path: String
    var kind: Kind
    var mode: UInt32 = 0
    /// Apparent size in bytes; 0 for all but regular files.
    var size: Int64
    /// Blocks taken inside the subject, in bytes.
    var allocated: Int64
    /// Number of a group of hard links; `nil` for a file with one name.
    var link: Int?
    /// A symbolic link's target.
    var target: String?
    /// The path's own bytes, where they are no UTF-8.
    var rawPath: [UInt8]?
    /// Where the reader finds the content: an inode's number, a place in an archive; 0 where the path is enough.
    var source: UInt64 = 0
    /// Index of the image layer that it comes from; 0 where there are no layers.
    var layer = 0
}
