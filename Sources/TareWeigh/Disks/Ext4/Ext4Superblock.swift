import TareCore

/// What the superblock of an ext2, ext3 or ext4 file system says.
///
/// Source: the kernel's Documentation/filesystems/ext4. Every figure that others build on is checked here: sizes
/// against each other and against the device.
struct Ext4Superblock {
    static let offset: Int64 = 1024
    static let magic: UInt16 = 0xEF53

    let blockSize: Int
    let blockCount: UInt64
    let freeBlocks: UInt64
    let inodeCount: UInt32
    let inodeSize: Int
    let inodesPerGroup: UInt32
    let blocksPerGroup: UInt32
    let firstDataBlock: UInt32
    let descriptorSize: Int
    /// The first group whose descriptors are inside their own groups; `nil` where all are at the start.
    let firstMetaGroup: UInt32?
    /// Whether groups without a copy of the superblock exist (`sparse_super`).
    let hasSparseCopies: Bool
    let hasHugeFiles: Bool
    /// Whether the journal holds changes that are not yet in place: the disk was not unmounted.
    let needsRecovery: Bool

    var groupCount: UInt64 {
        (blockCount - UInt64(firstDataBlock) + UInt64(blocksPerGroup) - 1) / UInt64(blocksPerGroup)
    }

    /// Whether a superblock's magic is at its place in `device`.
    static func isPresent(in device: any BlockSource) throws(TareError) -> Bool {
        guard device.length >= offset + 1024 else { return false }
        return try device.fields(at: offset, count: 1024, what: "its superblock").little(0x38) == magic
    }

    init(_ device: any BlockSource) throws(TareError) {
        let fields = try device.fields(at: Self.offset, count: 1024, what: "its superblock")
        guard try fields.little(0x38) == Self.magic else { throw fields.corrupt("it has no ext4 magic") }
        let incompatible = try fields.little(0x60, as: UInt32.self)
        try Self.check(incompatible, device.subject)
        let readOnly = try fields.little(0x64, as: UInt32.self)
        let is64 = incompatible & 0x80 != 0
        let logarithm = try fields.little(0x18, as: UInt32.self)
        guard logarithm <= 6 else { throw fields.corrupt("blocks of 2^\(logarithm) KiB cannot be") }
        let blockSize = 1024 << Int(logarithm)
        self.blockSize = blockSize
        let high: UInt64 = is64 ? UInt64(try fields.little(0x150, as: UInt32.self)) << 32 : 0
        let blocks = high | UInt64(try fields.little(0x4, as: UInt32.self))
        blockCount = blocks
        let freeHigh: UInt64 = is64 ? UInt64(try fields.little(0x158, as: UInt32.self)) << 32 : 0
        freeBlocks = freeHigh | UInt64(try fields.little(0xC, as: UInt32.self))
        guard blocks > 0, blocks <= UInt64(device.length) / UInt64(blockSize) else {
            throw fields.corrupt(
                "\(blocks) blocks of \(blockSize) bytes do not fit into \(device.length) bytes; the disk may be cut off"
            )
        }
        guard freeBlocks <= blocks else { throw fields.corrupt("\(freeBlocks) of \(blocks) blocks cannot be free") }
        firstDataBlock = try fields.little(0x14)
        guard UInt64(firstDataBlock) < blocks, firstDataBlock <= 1 else {
            throw fields.corrupt("block \(firstDataBlock) cannot be the first")
        }
        inodeCount = try fields.little(0)
        blocksPerGroup = try fields.little(0x20)
        inodesPerGroup = try fields.little(0x28)
        let revision = try fields.little(0x4C, as: UInt32.self)
        let inode = revision == 0 ? 128 : Int(try fields.little(0x58, as: UInt16.self))
        inodeSize = inode
        guard inode >= 128, inode <= blockSize, inode & (inode - 1) == 0 else {
            throw fields.corrupt("inodes of \(inode) bytes cannot be")
        }
        guard blocksPerGroup > 0, inodesPerGroup > 0, inodesPerGroup <= UInt32(blockSize) * 8 else {
            throw fields.corrupt("\(blocksPerGroup) blocks and \(inodesPerGroup) inodes a group cannot be")
        }
        let size = is64 ? Int(try fields.little(0xFE, as: UInt16.self)) : 32
        descriptorSize = size
        guard (32...1024).contains(size), size & (size - 1) == 0 else {
            throw fields.corrupt("group descriptors of \(size) bytes cannot be")
        }
        firstMetaGroup = incompatible & 0x10 != 0 ? try fields.little(0x104) : nil
        hasSparseCopies = readOnly & 1 != 0
        hasHugeFiles = readOnly & 8 != 0
        needsRecovery = incompatible & 4 != 0
        // 4 Mi groups are 512 TiB of 4 KiB blocks; the bound comes first, so that the products cannot overflow.
        guard groupCount <= 4 << 20, groupCount * UInt64(size) <= UInt64(device.length),
            UInt64(inodeCount) <= groupCount * UInt64(inodesPerGroup), inodeCount > 10
        else {
            throw fields.corrupt("\(inodeCount) inodes do not fit into \(groupCount) groups")
        }
    }

    private static func check(_ incompatible: UInt32, _ subject: String) throws(TareError) {
        let refused: [(UInt32, String)] = [
            (0x1, "compression"), (0x8, "an external journal's device"), (0x1000, "data in directories"),
            (0x10000, "encryption"),
        ]
        for (bit, name) in refused where incompatible & bit != 0 {
            throw TareError(.unsupported, subject: subject, "cannot read an ext4 file system with \(name)")
        }
        let known: UInt32 = 0x2 | 0x4 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x20000
        guard incompatible & ~known == 0 else {
            throw TareError(
                .unsupported, subject: subject,
                "cannot read an ext4 file system with the features \(incompatible & ~known)")
        }
    }
}
