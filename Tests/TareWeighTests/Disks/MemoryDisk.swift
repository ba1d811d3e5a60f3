import TareCore

@testable import TareWeigh

/// A disk in memory, to be damaged.
struct MemoryDisk: BlockSource {
    var bytes: [UInt8]
    let subject = "memory"
    var length: Int64 { Int64(bytes.count) }
    var hostAllocated: Int64 { length }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) {
        guard offset >= 0, offset <= length, Int64(buffer.count) <= length - offset else {
            throw .corrupt(subject, "outside")
        }
        buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + buffer.count])
    }
}

/// Reads a volume that is no file.
struct VolumeReader: TreeReader {
    let kind = "memory"
    let volume: Ext4Volume

    init(_ disk: any BlockSource) throws(TareError) { volume = try Ext4Volume(disk) }

    func tree() throws(TareError) -> FileTree { try Ext4Tree(volume).read() }

    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        try volume.stream(try volume.inode(UInt32(truncatingIfNeeded: node.source)), body)
    }
}
