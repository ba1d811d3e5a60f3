import Glibc
import TareCore
import TareLinux

/// Adds up what a tree takes on the disk.
enum TreeUsage {
    /// The usage of all below `path` and of `path` itself; links are not followed.
    ///
    /// - Complexity: O(entries), one look each.
    static func measure(_ path: String) throws(TareError) -> SnapshotUsage {
        let folder = try OwnedFileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        var seen: Set<ino_t> = []
        var usage = SnapshotUsage.zero
        var facts = stat()
        if fstat(folder.raw, &facts) == 0 { count(facts, &usage, &seen) }
        try walk(folder, &usage, &seen)
        return usage
    }

    private static func walk(
        _ folder: borrowing OwnedFileDescriptor,
        _ usage: inout SnapshotUsage,
        _ seen: inout Set<ino_t>
    ) throws(TareError) {
        for name in try TreeRemoval.names(in: folder) {
            guard let facts = LayerRoot.look(folder.raw, name) else { continue }
            count(facts, &usage, &seen)
            guard facts.st_mode & S_IFMT == S_IFDIR else { continue }
            let raw = LayerRoot.text(name) {
                openat(folder.raw, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            guard raw >= 0 else { continue }
            let inner = OwnedFileDescriptor(taking: raw, path: folder.path)
            try walk(inner, &usage, &seen)
        }
    }

    private static func count(_ facts: stat, _ usage: inout SnapshotUsage, _ seen: inout Set<ino_t>) {
        if facts.st_nlink > 1, facts.st_mode & S_IFMT != S_IFDIR, !seen.insert(facts.st_ino).inserted { return }
        usage.inodes += 1
        usage.allocated += ByteCount(Int64(facts.st_blocks) * 512)
        if facts.st_mode & S_IFMT == S_IFREG { usage.apparent += ByteCount(Int64(facts.st_size)) }
    }
}
