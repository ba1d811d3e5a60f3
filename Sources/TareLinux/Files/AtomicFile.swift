import Glibc
import TareCore

/// Writes whole files so that a reader, or a crash at any moment, sees the old content or the new, never a half.
public enum AtomicFile {
    /// Replaces the file at `path` by `bytes`: written beside, brought to the disk, renamed over, folder brought to the
    /// disk.
    ///
    /// Blocks for two fsyncs. On any failure the old file is untouched and the one beside it is gone.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - bytes: the whole content.
    ///   - mode: permission bits of the new file, before the umask.
    /// - Throws: `TareError` with the errno: `cannotWrite`, `noPermission`.
    public static func write(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws(TareError) {
        let folder = PathText.folder(of: path)
        let beside = "\(path).\(getpid()).\(HostClock.monotonicNanoseconds()).tmp"
        do throws(TareError) {
            let file = try OwnedFileDescriptor(opening: beside, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
            try file.writeAll(bytes)
            try file.synchronise()
            guard rename(beside, path) == 0 else {
                throw .system("cannot put the new file in its place", subject: path, errno: errno, writing: true)
            }
        } catch {
            _ = unlink(beside)
            throw TareError(
                error.code,
                subject: path,
                error.message,
                hint: error.hint,
                errno: error.errno,
                causes: error.causes
            )
        }
        try FolderMaking.synchronise(folder)
    }

    /// Replaces the file at `path` by `text` in UTF-8; see `write(_:_:mode:)`.
    public static func write(_ path: String, text: String, mode: UInt32 = 0o644) throws(TareError) {
        try write(path, Array(text.utf8), mode: mode)
    }
}
