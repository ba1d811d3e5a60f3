import Glibc
import TareCore
import TareLinux

/// An open blob; it can be read as long as this lives, even where it is collected meanwhile.
public final class BlobReader: ByteInput, @unchecked Sendable {
    // Only read(into:) moves the position; the position-free calls may be used by several threads at once.
    private let file: OwnedFileDescriptor
    /// The blob's digest.
    public let digest: Digest
    /// Its length in bytes.
    public let length: Int64
    /// The digest as text.
    public var subject: String { digest.description }

    init(_ path: String, digest: Digest) throws(TareError) {
        file = try OwnedFileDescriptor(opening: path)
        length = try file.length()
        self.digest = digest
    }

    /// Reads at most `buffer.count` bytes at the reader's position; 0 is the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        try file.read(into: buffer)
    }

    /// Reads at most `buffer.count` bytes at `offset`; 0 is the end.
    ///
    /// Any number of threads at once.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) -> Int {
        try file.read(into: buffer, at: offset)
    }

    /// Moves the position to `offset` bytes from the start.
    public func seek(to offset: Int64) throws(TareError) {
        guard lseek(file.raw, off_t(offset), SEEK_SET) >= 0 else {
            throw .system("cannot move in the blob", subject: subject, errno: errno)
        }
    }

    /// The open file, for sendfile(2); never close it.
    public var descriptor: Int32 { file.raw }
}
