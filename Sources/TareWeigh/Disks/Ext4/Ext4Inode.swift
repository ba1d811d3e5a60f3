import TareCore

/// One inode: what it is, how big, and where its bytes are.
struct Ext4Inode {
    enum Flags {
        static let extents: UInt32 = 0x80000
        static let inline: UInt32 = 0x1000_0000
        static let hugeFile: UInt32 = 0x40000
    }

    let number: UInt32
    let mode: UInt32
    let links: UInt16
    let flags: UInt32
    /// Apparent size in bytes.
    let size: Int64
    /// Bytes of its blocks, those of its map and attributes among them.
    let allocated: Int64
    /// The whole inode: the block map at byte 40, attributes after byte 128.
    let fields: Fields

    var isDirectory: Bool { mode & 0xF000 == 0x4000 }
    var isRegular: Bool { mode & 0xF000 == 0x8000 }
    var isLink: Bool { mode & 0xF000 == 0xA000 }
    var hasExtents: Bool { flags & Flags.extents != 0 }
    var isInline: Bool { flags & Flags.inline != 0 }

    init(_ number: UInt32, _ fields: Fields, _ superblock: Ext4Superblock) throws(TareError) {
        self.number = number
        self.fields = fields
        mode = UInt32(try fields.little(0, as: UInt16.self))
        links = try fields.little(0x1A)
        flags = try fields.little(0x20)
        let low = try fields.little(0x4, as: UInt32.self)
        let high = try fields.little(0x6C, as: UInt32.self)
        // Of old file systems' directories the high half is an access list, and no directory needs it.
        let isWide = mode & 0xF000 == 0x8000
        let size = (isWide ? UInt64(high) << 32 : 0) | UInt64(low)
        guard size <= 1 << 44 else { throw fields.corrupt("a size of \(size) bytes cannot be") }
        self.size = Int64(size)
        var sectors = UInt64(try fields.little(0x1C, as: UInt32.self))
        if superblock.hasHugeFiles {
            sectors |= UInt64(try fields.little(0x74, as: UInt16.self)) << 32
            if flags & Flags.hugeFile != 0 { sectors *= UInt64(superblock.blockSize / 512) }
        }
        guard sectors <= superblock.blockCount * UInt64(superblock.blockSize / 512) else {
            throw fields.corrupt("\(sectors) sectors are more than the file system has")
        }
        allocated = Int64(sectors) * 512
    }
}
