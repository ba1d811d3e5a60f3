import Glibc
import TareCore
import TareLinux

/// A disk kept byte for byte in a file, holes and all.
final class RawFile: BlockSource {
    private let file: OwnedFileDescriptor
    let subject: String
    let length: Int64
    let hostAllocated: Int64

    /// Opens a regular file or a block device for reading.
    init(_ path: String) throws(TareError) {
        file = try OwnedFileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        subject = path
        var facts = stat()
        guard fstat(file.raw, &facts) == 0 else { throw .system("cannot look at it", subject: path, errno: errno) }
        switch facts.st_mode & S_IFMT {
        case S_IFREG: length = Int64(facts.st_size)
        case S_IFBLK: length = Int64(lseek(file.raw, 0, SEEK_END))
        default: throw TareError(.invalid, subject: path, "cannot read it as a disk: it is neither a file nor a device")
        }
        hostAllocated = Int64(facts.st_blocks) * 512
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) {
        guard offset >= 0, offset <= length, Int64(buffer.count) <= length - offset else {
            throw .corrupt(subject, "bytes \(offset)+\(buffer.count) are outside its \(length) bytes")
        }
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try file.read(into: rest, at: offset + Int64(done))
            guard count > 0 else { throw .corrupt(subject, "it became shorter while it was read") }
            done += count
        }
    }
}
