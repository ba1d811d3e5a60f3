import Glibc
import TareCore
import TareImages
import TareLinux
import TareProbe

/// The page cache of a store's files.
enum FilePages {
    /// Asks the kernel to drop the pages of a snapshot's files, so that the next start reads them from the disk.
    ///
    /// Pages that a running program maps stay. Only these files: other programs' caches are not touched.
    static func drop(below mount: SnapshotMount) {
        switch mount {
        case .folder(let path, _): drop(path)
        case .overlay(let overlay): for folder in overlay.lowers.prefix(1) { drop(folder) }
        }
    }

    private static func drop(_ folder: String) {
        try? TreeWalk.visit(folder) { path, facts in
            guard facts.st_mode & S_IFMT == S_IFREG else { return }
            guard let file = try? OwnedFileDescriptor(opening: PathText.join(folder, path)) else { return }
            posix_fadvise(file.raw, 0, 0, Int32(POSIX_FADV_DONTNEED))
        }
    }
}
