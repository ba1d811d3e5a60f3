import CTareLinux
import Glibc
import TareCore
import TareLinux

/// A snapshot that is being made; dropped unless it was placed.
final class NewSnapshot {
    let path: String
    var isPlaced = false
    private let file: OwnedFileDescriptor

    var files: String { path + "/fs" }

    init(_ path: String) throws(TareError) {
        self.path = path
        guard mkdir(path, 0o711) == 0 else {
            throw .system("cannot make the snapshot", subject: path, errno: errno, writing: true)
        }
        file = try OwnedFileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        let failure = tare_flock(file.raw, 1, 1)
        if failure != 0 { throw .system("cannot lock the snapshot", subject: path, errno: failure) }
        guard mkdir(files, 0o755) == 0 else {
            throw .system("cannot make the snapshot", subject: files, errno: errno, writing: true)
        }
        // The umask has taken bits away; a root folder is readable for all.
        _ = chmod(files, 0o755)
    }

    deinit {
        if !isPlaced { try? TreeRemoval.remove(path) }
        _ = tare_funlock(file.raw)
    }
}
