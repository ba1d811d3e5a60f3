import Glibc
import TareCore

/// The files of /etc on which a run's own files are mounted.
///
/// A runtime makes an empty file where the image has none. It would stay in the writable layer, and look as if the
/// container had made it; so it is noted before a run and taken away after it.
enum MountPlaces {
    private static let all = ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf"]

    /// Those that a root does not have; looked at with O_PATH, which opens nothing.
    static func missing(in tree: RootedTree) -> [String] {
        all.filter { path in (try? tree.open(path, 0o10000000)) == nil }
    }

    /// Takes those away that are still empty.
    static func clear(_ paths: [String], in tree: RootedTree) {
        guard let folder = try? tree.open("/etc", O_RDONLY | O_DIRECTORY) else { return }
        for path in paths {
            let name = String(path.dropFirst("/etc/".utf8.count))
            var facts = stat()
            guard fstatat(folder.raw, name, &facts, AT_SYMLINK_NOFOLLOW) == 0, facts.st_mode & S_IFMT == S_IFREG,
                facts.st_size == 0
            else { continue }
            _ = unlinkat(folder.raw, name, 0)
        }
    }
}
