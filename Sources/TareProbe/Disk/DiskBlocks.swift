import Glibc
import TareCore

/// What a folder takes of its disk, by the blocks that its file system gave it.
public struct DiskBlocks: Sendable, Hashable, Codable {
    /// Bytes of blocks; a file with several names counts once.
    public var allocated: ByteCount
    /// Bytes that files claim to have, holes and all.
    public var apparent: ByteCount
    /// Files, folders and others.
    public var inodes: Int

    enum CodingKeys: String, CodingKey {
        case allocated = "allocated_bytes"
        case apparent = "apparent_bytes"
        case inodes
    }

    /// Takes the three.
    public init(allocated: ByteCount, apparent: ByteCount, inodes: Int) {
        self.allocated = allocated
        self.apparent = apparent
        self.inodes = inodes
    }

    /// Nothing.
    public static let zero = DiskBlocks(allocated: .zero, apparent: .zero, inodes: 0)

    /// Adds up folders; what is mounted below them is not theirs and is left out, links are not followed.
    ///
    /// - Parameter folders: the folders; one that is not there counts nothing.
    /// - Returns: the sum.
    /// - Complexity: O(entries), one look each; blocks.
    /// - Throws: `TareError` with the errno where a folder cannot be read.
    public static func of(_ folders: [String]) throws(TareError) -> DiskBlocks {
        var sum = zero
        var seen: Set<Identity> = []
        for folder in folders { try add(folder, &sum, &seen) }
        return sum
    }

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private static func add(_ folder: String, _ sum: inout DiskBlocks, _ seen: inout Set<Identity>) throws(TareError) {
        var total = sum
        var known = seen
        try TreeWalk.visit(folder) { _, facts in
            if facts.st_nlink > 1, facts.st_mode & S_IFMT != S_IFDIR {
                let identity = Identity(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
                guard known.insert(identity).inserted else { return }
            }
            total.inodes += 1
            total.allocated += ByteCount(Int64(facts.st_blocks) * 512)
            if facts.st_mode & S_IFMT == S_IFREG { total.apparent += ByteCount(Int64(facts.st_size)) }
        }
        (sum, seen) = (total, known)
    }

    /// What is there more than before; no part below zero.
    public func added(since before: DiskBlocks) -> DiskBlocks {
        DiskBlocks(
            allocated: max(.zero, allocated - before.allocated),
            apparent: max(.zero, apparent - before.apparent),
            inodes: max(0, inodes - before.inodes)
        )
    }
}

/// Blocks of a whole file system: everything that anybody does there shows, so it is reported apart.
public enum FileSystemBlocks {
    /// Bytes in use on the file system that holds `path`, by statvfs(3).
    ///
    /// - Throws: `TareError` with the errno.
    public static func used(at path: String) throws(TareError) -> ByteCount {
        var space = statvfs()
        guard statvfs(path, &space) == 0 else { throw .system("cannot look at the disk", subject: path, errno: errno) }
        return ByteCount(Int64(clamping: space.f_blocks - space.f_bfree) * Int64(space.f_frsize))
    }
}
