import Glibc
import TareCore
import TareLinux

/// Removing files that may be gone already.
enum FileRemoving {
    /// Removes a file; one that is not there is no failure.
    static func remove(_ path: String) throws(TareError) {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw .system("cannot remove it", subject: path, errno: errno, writing: true)
    }
}
