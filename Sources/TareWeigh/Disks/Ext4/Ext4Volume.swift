import TareCore

/// A read-only view of an ext2, ext3 or ext4 file system, made to be safe against damaged and hostile images.
///
///     BlockSource -> superblock -> group descriptors -> inode -> runs of blocks -> bytes
///
/// Nothing is mounted, so that no root is needed and no kernel driver sees the image.
struct Ext4Volume {
    let device: any BlockSource
    let superblock: Ext4Superblock
    /// The first block of each group's inode table.
    private let tables: [UInt64]

    var subject: String { device.subject }

    init(_ device: any BlockSource) throws(TareError) {
        self.device = device
        let superblock = try Ext4Superblock(device)
        self.superblock = superblock
        var tables: [UInt64] = []
        let perBlock = UInt64(superblock.blockSize / superblock.descriptorSize)
        var group: UInt64 = 0
        while group < superblock.groupCount {
            let fields = try device.fields(
                at: try Self.descriptorBlock(group / perBlock, superblock, device.subject)
                    * Int64(superblock.blockSize),
                count: superblock.blockSize,
                what: "its group descriptors"
            )
            for place in 0..<min(perBlock, superblock.groupCount - group) {
                let at = Int(place) * superblock.descriptorSize
                var table = UInt64(try fields.little(at + 8, as: UInt32.self))
                if superblock.descriptorSize >= 64 {
                    table |= UInt64(try fields.little(at + 0x28, as: UInt32.self)) << 32
                }
                tables.append(table)
            }
            group += perBlock
        }
        self.tables = tables
    }

    /// The block that holds the `number`th block of group descriptors.
    private static func descriptorBlock(
        _ number: UInt64,
        _ superblock: Ext4Superblock,
        _ subject: String
    ) throws(TareError) -> Int64 {
        let base = superblock.blockSize == 1024 ? UInt64(1) : 0
        guard let first = superblock.firstMetaGroup, number >= UInt64(first) else { return Int64(base + number + 1) }
        let perBlock = UInt64(superblock.blockSize / superblock.descriptorSize)
        let group = number * perBlock
        let start = UInt64(superblock.firstDataBlock) + group * UInt64(superblock.blocksPerGroup)
        let block = start + (holdsCopy(group, superblock) ? 1 : 0)
        guard block < superblock.blockCount else {
            throw .corrupt(subject, "group descriptors at block \(block) are outside the file system")
        }
        return Int64(block)
    }

    /// Whether a group begins with a copy of the superblock: 0, 1 and the powers of 3, 5 and 7.
    private static func holdsCopy(_ group: UInt64, _ superblock: Ext4Superblock) -> Bool {
        guard superblock.hasSparseCopies, group > 1 else { return true }
        return [UInt64(3), 5, 7].contains { base in
            var power = base
            while power < group { power *= base }
            return power == group
        }
    }

    /// The inode of that number, which some directory names.
    func inode(_ number: UInt32) throws(TareError) -> Ext4Inode {
        guard number > 0, number <= superblock.inodeCount else {
            throw .corrupt(subject, "inode \(number) is not one of its \(superblock.inodeCount) inodes")
        }
        let group = Int((number - 1) / superblock.inodesPerGroup)
        let place = Int64((number - 1) % superblock.inodesPerGroup) * Int64(superblock.inodeSize)
        let table = tables[group]
        guard table < superblock.blockCount else {
            throw .corrupt(subject, "the inode table of group \(group) at block \(table) is outside the file system")
        }
        let fields = try device.fields(
            at: Int64(table) * Int64(superblock.blockSize) + place,
            count: superblock.inodeSize,
            what: "inode \(number)"
        )
        let inode = try Ext4Inode(number, fields, superblock)
        guard inode.mode != 0, inode.links > 0 else {
            throw fields.corrupt("a directory names it, but it is not in use")
        }
        return inode
    }

    /// The block of that number, as `what` it is.
    func block(_ number: UInt64, what: String) throws(TareError) -> Fields {
        guard number > 0, number < superblock.blockCount else {
            throw .corrupt(subject, "\(what): block \(number) is not one of its \(superblock.blockCount) blocks")
        }
        let size = superblock.blockSize
        return try device.fields(at: Int64(number) * Int64(size), count: size, what: what)
    }
}
