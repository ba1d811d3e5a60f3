import CTareLinux
import Glibc
import TareCore

/// A journal: lines that are only ever added, each on the disk before the next step begins.
///
/// A process that is killed in the middle of a line leaves a tail without a newline; opening the journal again cuts that
/// tail, so what is read is always whole lines. One writer at a time: a second one is refused by a lock, which dies with
/// its process.
public struct AppendOnlyFile: ~Copyable, Sendable {
    private let file: OwnedFileDescriptor
    /// Bytes of a torn last line that were cut when the journal was opened.
    public let repairedBytes: Int64
    /// The length of the journal in bytes.
    public private(set) var length: Int64

    /// Opens the journal at `path`, making it where there is none, and repairs its tail.
    ///
    /// - Parameter path: the journal; its folder must exist.
    /// - Throws: `unavailable` where another process writes it; `TareError` with the errno.
    /// - Complexity: O(length of the torn tail); blocks for an fsync where something was made or cut.
    public init(_ path: String) throws(TareError) {
        let isNew = !FileReading.exists(path)
        let file = try OwnedFileDescriptor(opening: path, O_RDWR | O_CREAT | O_APPEND, mode: 0o644)
        let failure = tare_flock(file.raw, 1, 0)
        if failure == EWOULDBLOCK {
            throw TareError(
                .unavailable,
                subject: path,
                "cannot write the journal: another process is writing it",
                hint: "wait until that run has finished, or stop it",
                errno: failure
            )
        }
        if failure != 0 { throw .system("cannot lock the journal", subject: path, errno: failure) }
        let found = try file.length()
        let whole = try Self.endOfLastLine(in: file, length: found)
        if whole < found {
            try file.truncate(to: whole)
            try file.synchronise()
        }
        if isNew { try FolderMaking.synchronise(PathText.folder(of: path)) }
        self.file = file
        repairedBytes = found - whole
        length = whole
    }

    /// Lets the lock go before the descriptor is closed: a child that is between fork and exec still holds a copy of the
    /// descriptor, and with it a lock that is only closed.
    deinit { _ = tare_funlock(file.raw) }

    /// Adds one line and waits until it is on the disk.
    ///
    /// - Parameter line: the text, without a newline inside or at its end.
    /// - Throws: `cannotWrite` with the errno; the journal is then as long as before.
    public mutating func append(line: String) throws(TareError) {
        try append(lines: CollectionOfOne(line))
    }

    /// Adds several lines and waits once until they are all on the disk.
    ///
    /// A crash leaves a whole number of the lines, from the first on.
    public mutating func append(lines: some Sequence<String>) throws(TareError) {
        var bytes: [UInt8] = []
        for line in lines {
            precondition(!line.utf8.contains(10), "a journal's line has no newline inside")
            bytes.append(contentsOf: line.utf8)
            bytes.append(10)
        }
        guard !bytes.isEmpty else { return }
        do throws(TareError) {
            try file.writeAll(bytes)
            guard fdatasync(file.raw) == 0 else {
                throw .system("cannot bring it to the disk", subject: file.path, errno: errno, writing: true)
            }
        } catch {
            var failure = error
            // Half a line must not stay: what follows it would be lost with it.
            do throws(TareError) { try file.truncate(to: length) } catch { failure.causes.append(error) }
            throw failure
        }
        length += Int64(bytes.count)
    }

    /// The whole lines of the journal at `path`, without repairing it: for readers.
    ///
    /// - Returns: the lines without newlines; a torn tail is left out. None where there is no file.
    public static func lines(at path: String) throws(TareError) -> [String] {
        guard FileReading.exists(path) else { return [] }
        let bytes = try FileReading.bytes(at: path)
        guard let end = bytes.lastIndex(of: 10) else { return [] }
        return bytes[..<end].split(separator: 10, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The offset after the last newline, found by reading backwards.
    private static func endOfLastLine(in file: borrowing OwnedFileDescriptor, length: Int64) throws(TareError) -> Int64
    {
        var chunk = [UInt8](repeating: 0, count: 4096)
        var end = length
        while end > 0 {
            let start = max(0, end - Int64(chunk.count))
            var count = 0
            var failure: TareError?
            let wanted = Int(end - start)
            let descriptor = file.raw
            chunk.withUnsafeMutableBytes { buffer in
                repeat {
                    count = pread(descriptor, buffer.baseAddress, wanted, off_t(start))
                } while count < 0 && errno == EINTR
                if count < 0 { failure = .system("cannot read it", subject: "", errno: errno) }
            }
            if let failure { throw failure }
            if count <= 0 { return 0 }
            if let newline = chunk[..<count].lastIndex(of: 10) { return start + Int64(newline) + 1 }
            end = start
        }
        return 0
    }
}
