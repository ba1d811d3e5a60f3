import TareCore

/// Reads the ext4 file system of a disk: a raw image, a qcow2 disk, with or without partitions.
///
///     raw or qcow2 -> partition -> Ext4Volume -> FileTree and contents
///
/// Needs no root, mounts nothing, writes nothing.
struct DiskReader: TreeReader {
    let kind: String
    private let disk: any BlockSource
    private let volume: Ext4Volume

    /// Opens the disk at `path`.
    ///
    /// - Throws: `corrupt` where it is damaged, `unsupported` where its root is not ext4, the errno's error where it
    ///   cannot be read.
    init(_ path: String) throws(TareError) {
        let file = try RawFile(path)
        let isQcow2 = try Qcow2Header.isPresent(in: file)
        disk = isQcow2 ? try Qcow2Disk(path) : file
        let (root, isWhole) = try Self.root(of: disk)
        kind = isQcow2 ? "qcow2" : isWhole ? "ext4" : "disk"
        volume = try Ext4Volume(root)
    }

    func tree() throws(TareError) -> FileTree {
        var tree = try Ext4Tree(volume).read()
        tree.virtual = disk.length
        return tree
    }

    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        guard let number = UInt32(exactly: node.source) else {
            throw TareError(.notFound, subject: node.path, "cannot read it: it has no inode")
        }
        let inode = try volume.inode(number)
        guard inode.isRegular else { throw TareError(.invalid, subject: node.path, "cannot read it: it is no file") }
        try volume.stream(inode, body)
    }

    /// The file system: the whole disk, a partition marked as the root, or else the largest partition with ext4.
    private static func root(of disk: any BlockSource) throws(TareError) -> (any BlockSource, Bool) {
        if try Ext4Superblock.isPresent(in: disk) { return (disk, true) }
        let table = try PartitionTable(disk)
        var best: (slice: BlockSlice, isRoot: Bool)?
        for partition in table.partitions {
            guard let slice = BlockSlice(disk, start: partition.start, length: partition.length),
                try Ext4Superblock.isPresent(in: slice)
            else { continue }
            let isBetter = best.map { known in
                partition.isRoot != known.isRoot ? partition.isRoot : slice.length > known.slice.length
            }
            if isBetter ?? true { best = (slice, partition.isRoot) }
        }
        if let best { return (best.slice, false) }
        let what =
            table.partitions.isEmpty ? "it has neither ext4 nor partitions" : "none of its Linux partitions has ext4"
        throw TareError(
            .unsupported, subject: disk.subject, "cannot weigh the disk: \(what)",
            hint: "ext2, ext3 and ext4 can be read")
    }
}
