/// One header of a tar archive.
struct ArchiveEntry {
    /// The names on the way, without empty ones and `.`; empty for the archive's root.
    var names: [[UInt8]]
    var kind: FileNode.Kind
    var mode: UInt32
    /// Bytes of a regular file.
    var size: Int64
    /// Bytes of its pieces that are no holes.
    var stored: Int64
    /// The path of the entry that this one is another name of.
    var hardLink: [[UInt8]]?
    var target: [UInt8]?
    /// Place among the archive's headers, from 0.
    var ordinal: UInt64

    var path: String { "/" + names.map { EntryName.text($0) }.joined(separator: "/") }
}
