import Glibc
import TareCore

/// A file descriptor with one owner, who closes it.
///
/// Noncopyable, so that a descriptor is closed exactly once. All calls block, repeat after EINTR and set close-on-exec.
public struct OwnedFileDescriptor: ~Copyable, Sendable {
    /// The number, for calls that this type does not have; never close it.
    public private(set) var raw: Int32
    /// What it was opened from, for error messages.
    public let path: String

    /// Takes a descriptor over that some call has returned.
    public init(taking raw: Int32, path: String = "") {
        precondition(raw >= 0, "only an open descriptor can be owned")
        self.raw = raw
        self.path = path
    }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - flags: open(2) flags; `O_CLOEXEC` is added.
    ///   - mode: permission bits of a file that is made.
    /// - Throws: `TareError` with the errno.
    public init(opening path: String, _ flags: Int32 = O_RDONLY, mode: UInt32 = 0o644) throws(TareError) {
        var number: Int32
        repeat { number = Glibc.open(path, flags | O_CLOEXEC, mode) } while number < 0 && errno == EINTR
        guard number >= 0 else {
            let failure = errno
            let writing = flags & (O_WRONLY | O_RDWR) != 0
            throw .system("cannot open it", subject: path, errno: failure, writing: writing)
        }
        raw = number
        self.path = path
    }

    deinit {
        if raw >= 0 { _ = Glibc.close(raw) }
    }

    /// Gives the descriptor up without closing it.
    public consuming func release() -> Int32 {
        let number = raw
        raw = -1
        return number
    }

    /// Reads at most `buffer.count` bytes at the file position; 0 is the end.
    public borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        var count: Int
        repeat { count = Glibc.read(raw, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .system("cannot read it", subject: path, errno: errno) }
        return count
    }

    /// Reads at most `buffer.count` bytes at `offset`, leaving the file position; 0 is the end.
    public borrowing func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int64
    ) throws(TareError) -> Int {
        var count: Int
        repeat { count = pread(raw, buffer.baseAddress, buffer.count, off_t(offset)) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .system("cannot read it", subject: path, errno: errno) }
        return count
    }

    /// Writes all of `bytes` at the file position.
    public borrowing func writeAll(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = Glibc.write(raw, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system("cannot write it", subject: path, errno: errno, writing: true)
            }
            done += count
        }
    }

    /// Writes all of `bytes` at the file position.
    public borrowing func writeAll(_ bytes: [UInt8]) throws(TareError) {
        var failure: TareError?
        bytes.withUnsafeBytes { buffer in
            do throws(TareError) { try writeAll(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Waits until data and metadata are on the disk.
    public borrowing func synchronise() throws(TareError) {
        guard fsync(raw) == 0 else {
            throw .system("cannot bring it to the disk", subject: path, errno: errno, writing: true)
        }
    }

    /// The file's length in bytes.
    public borrowing func length() throws(TareError) -> Int64 {
        var facts = stat()
        guard fstat(raw, &facts) == 0 else { throw .system("cannot look at it", subject: path, errno: errno) }
        return Int64(facts.st_size)
    }

    /// Cuts or extends the file to `length` bytes.
    public borrowing func truncate(to length: Int64) throws(TareError) {
        guard ftruncate(raw, off_t(length)) == 0 else {
            throw .system("cannot cut it", subject: path, errno: errno, writing: true)
        }
    }
}
