import CTareLinux
import Glibc
import TareCore

/// An advisory lock on a file, held as long as the value lives, and given back by the kernel when the process dies.
public struct FileLock: ~Copyable, Sendable {
    private let file: OwnedFileDescriptor

    /// Takes the lock, making the lock file where there is none.
    ///
    /// - Parameters:
    ///   - path: the lock file; it stays when the lock is given back.
    ///   - exclusive: alone, or together with others that share.
    ///   - waiting: block until it is free; otherwise a taken lock is an error.
    /// - Throws: `unavailable` where another process holds it and `waiting` is false; `TareError` with the errno.
    public init(_ path: String, exclusive: Bool = true, waiting: Bool = false) throws(TareError) {
        let file = try OwnedFileDescriptor(opening: path, O_RDWR | O_CREAT, mode: 0o644)
        let failure = tare_flock(file.raw, exclusive ? 1 : 0, waiting ? 1 : 0)
        if failure == EWOULDBLOCK {
            throw TareError(
                .unavailable,
                subject: path,
                "cannot take the lock: another process holds it",
                hint: "wait until it has finished, or stop it",
                errno: failure
            )
        }
        if failure != 0 { throw .system("cannot take the lock", subject: path, errno: failure) }
        self.file = file
    }

    /// Lets the lock go before the descriptor is closed: a child that is between fork and exec still holds a copy of the
    /// descriptor, and with it a lock that is only closed.
    deinit { _ = tare_funlock(file.raw) }
}
