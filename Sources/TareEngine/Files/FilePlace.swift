import Glibc
import TareCore
import TareLinux

/// A place in a file that grows and is now and then moved away for a fresh one.
struct FilePlace: Sendable {
    private let path: String
    private var offset: Int64
    private var inode: UInt64

    /// The end of the file as it is now.
    init(_ path: String) {
        self.path = path
        var facts = stat()
        let isThere = stat(path, &facts) == 0
        offset = isThere ? Int64(facts.st_size) : 0
        inode = isThere ? UInt64(facts.st_ino) : 0
    }

    /// The bytes that were written since; none where there are none or the file is not there.
    mutating func more() throws(TareError) -> [UInt8] {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return [] }
        if UInt64(facts.st_ino) != inode || Int64(facts.st_size) < offset {
            (offset, inode) = (0, UInt64(facts.st_ino))
        }
        let length = Int64(facts.st_size) - offset
        guard length > 0 else { return [] }
        let file = try OwnedFileDescriptor(opening: path)
        var bytes = [UInt8](repeating: 0, count: Int(min(length, 1 << 20)))
        var count = 0
        var failure: TareError?
        bytes.withUnsafeMutableBytes { buffer in
            do throws(TareError) { count = try file.read(into: buffer, at: offset) } catch { failure = error }
        }
        if let failure { throw failure }
        offset += Int64(count)
        return Array(bytes[..<count])
    }
}
