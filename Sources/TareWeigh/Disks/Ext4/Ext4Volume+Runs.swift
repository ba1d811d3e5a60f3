import TareCore

extension Ext4Volume {
    /// The runs of an inode's written blocks up to its size, by ascending place in the file.
    ///
    /// Bounded work on any image: runs ascend without overlap, each block of an extent tree is used once, and no file
    /// has more blocks than the file system.
    func runs(
        of inode: Ext4Inode,
        _ body: (Ext4Run) throws(TareError) -> Void
    ) throws(TareError) {
        let blocks = UInt64(inode.size + Int64(superblock.blockSize) - 1) / UInt64(superblock.blockSize)
        var walk = Ext4RunWalk(volume: self, inode: inode, limit: blocks)
        if inode.hasExtents {
            let root = Fields(
                bytes: Array(try inode.fields.slice(0x28, 60)), subject: subject, what: "the extents of \(walk.name)")
            try walk.extents(root, depth: nil, below: 1 << 32, body)
        } else {
            try walk.pointers(body)
        }
        try walk.finish(body)
    }
}
