import Glibc
import TareCore
import TareLinux

/// The bytes of a file of the host.
final class FileInput: ByteInput {
    let subject: String
    let length: Int64
    private let file: OwnedFileDescriptor

    init(_ path: String) throws(TareError) {
        file = try OwnedFileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        subject = path
        length = try file.length()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int { try file.read(into: buffer) }

    func skip(_ count: Int64) -> Int64 {
        let here = Int64(lseek(file.raw, 0, SEEK_CUR))
        guard here >= 0, count > 0, here < length else { return 0 }
        // Never beyond the end: a file that was cut off must be told as such.
        let there = min(length, here + min(count, length - here))
        guard lseek(file.raw, off_t(there), SEEK_SET) == off_t(there) else { return 0 }
        return there - here
    }
}
