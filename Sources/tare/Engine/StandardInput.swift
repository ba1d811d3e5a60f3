import Glibc
import TareCore
import TareLinux

/// Standard input, where a file is wanted.
enum StandardInput {
    /// Copies it into a fresh file, which is the caller's to remove.
    ///
    /// - Parameter folder: where the file is made.
    /// - Returns: the file's path.
    /// - Throws: `usage` where it is a terminal; `TareError` with the errno.
    static func spool(in folder: String) throws(TareError) -> String {
        guard isatty(0) == 0 else {
            throw TareError(
                .usage, subject: "standard input", "nothing is piped in", hint: "name a file, or pipe one in")
        }
        let path = PathText.join(folder, "input-\(getpid())-\(HostClock.boottimeNanoseconds())")
        let file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(0, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                _ = unlink(path)
                throw .system("cannot read", subject: "standard input", errno: errno)
            }
            if count == 0 { return path }
            do throws(TareError) { try file.writeAll(Array(bytes[..<count])) } catch {
                _ = unlink(path)
                throw error
            }
        }
    }
}
