import Glibc
import TareCore
import TareLinux

/// The bytes of a file, or of a stretch of it.
final class FileInput: ByteInput {
    private let file: OwnedFileDescriptor
    private var offset: Int64
    private let end: Int64
    let subject: String

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - offset: where to begin.
    ///   - length: how many bytes; `nil` for all.
    /// - Throws: `TareError` with the errno.
    init(_ path: String, offset: Int64 = 0, length: Int64? = nil) throws(TareError) {
        file = try OwnedFileDescriptor(opening: path)
        self.offset = offset
        end = length.map { offset + $0 } ?? .max
        subject = path
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        let wanted = Int(min(Int64(buffer.count), end - offset))
        guard wanted > 0 else { return 0 }
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: offset)
        if count == 0, end != .max {
            throw TareError(.corrupt, subject: subject, "cannot read it: it ends too early")
        }
        offset += Int64(count)
        return count
    }
}
