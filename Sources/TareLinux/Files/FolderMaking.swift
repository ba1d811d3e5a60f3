import Glibc
import TareCore

/// Makes folders and brings their entries to the disk.
public enum FolderMaking {
    /// Makes `path` and every missing folder above it; nothing happens where it is there.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - mode: permission bits of every folder made, before the umask.
    /// - Throws: `TareError` with the errno, also where a file is in the way.
    public static func make(_ path: String, mode: UInt32 = 0o755) throws(TareError) {
        if isFolder(path) { return }
        let parent = PathText.folder(of: path)
        if parent != path, !isFolder(parent) { try make(parent, mode: mode) }
        if mkdir(path, mode) != 0 {
            let failure = errno
            // Another process may have made it in the meantime; a file of that name is a failure.
            if failure == EEXIST, isFolder(path) { return }
            throw .system("cannot make the folder", subject: path, errno: failure, writing: true)
        }
    }

    /// Whether `path` is a folder, following symbolic links.
    public static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// Waits until the entries of the folder at `path` are on the disk.
    ///
    /// A file system that cannot do that for folders (EINVAL) is not a failure.
    public static func synchronise(_ path: String) throws(TareError) {
        let folder = try OwnedFileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        if fsync(folder.raw) != 0, errno != EINVAL {
            throw .system("cannot bring the folder to the disk", subject: path, errno: errno, writing: true)
        }
    }
}
