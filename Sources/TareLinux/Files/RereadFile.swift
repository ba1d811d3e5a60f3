import Glibc
import TareCore

/// A file that is read again and again with one descriptor: procfs and sysfs files that are sampled.
///
/// Opening a procfs file costs more than reading it, so the descriptor is kept and each reading is pread from the start
/// into one buffer that grows once.
public struct RereadFile: ~Copyable {
    private let file: OwnedFileDescriptor
    private var buffer: [UInt8]

    /// Opens the file at `path`; the first reading makes the buffer fit.
    public init(_ path: String, capacity: Int = 8192) throws(TareError) {
        file = try OwnedFileDescriptor(opening: path)
        buffer = [UInt8](repeating: 0, count: max(capacity, 64))
    }

    /// Reads the whole file as it is now and hands the bytes to `body`.
    ///
    /// - Parameter body: works on the bytes; they are gone after it returns.
    /// - Returns: what `body` returned.
    /// - Throws: `TareError` with the errno.
    /// - Complexity: O(bytes); one system call, or two where the content fills no buffer exactly.
    public mutating func withBytes<Result>(_ body: (Span<UInt8>) -> Result) throws(TareError) -> Result {
        var filled = 0
        while true {
            if filled == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
            let count = try fill(from: filled)
            if count == 0 { break }
            filled += count
        }
        return body(buffer.span.extracting(0..<filled))
    }

    private mutating func fill(from start: Int) throws(TareError) -> Int {
        var count = 0
        var failure: TareError?
        buffer.withUnsafeMutableBytes { [file = file.raw, path = file.path] bytes in
            let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
            repeat { count = pread(file, rest.baseAddress, rest.count, off_t(start)) } while count < 0 && errno == EINTR
            if count < 0 { failure = .system("cannot read it", subject: path, errno: errno) }
        }
        if let failure { throw failure }
        return count
    }
}
