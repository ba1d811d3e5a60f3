import Glibc
import TareCore
import TareLinux

/// Places in a root that something is mounted at; those that were not there go away again, so that they are in no layer.
final class MountPoints {
    let root: TreeRoot
    private var made: [(path: String, isFolder: Bool)] = []
    /// Folders that something was made in, with their times from before.
    private var times: [(path: String, facts: stat)] = []

    /// A folder as it was before something was made in it.
    struct Folder {
        var path: String
        var mode: mode_t
        var user: uid_t
        var group: gid_t
    }

    /// Folders that something was made in, and those above them, deepest first.
    private(set) var folders: [Folder] = []

    init(_ root: TreeRoot) { self.root = root }

    /// The place's path on the host; it is made where it is not there.
    func point(_ path: String, isFolder: Bool) throws(TareError) -> String {
        let relative = path.split(separator: "/").joined(separator: "/")
        if isFolder {
            try makeFolder(relative)
        } else {
            try makeFolder(relative.split(separator: "/").dropLast().joined(separator: "/"))
            if root.look(relative) == nil { try makeFile(relative) }
        }
        guard let host = root.hostPath(relative), let facts = root.look(relative),
            (facts.st_mode & S_IFMT == S_IFDIR) == isFolder
        else {
            throw TareError(
                .invalid, subject: path, "cannot mount here: there is a \(isFolder ? "file" : "folder") of this name")
        }
        return host
    }

    /// Makes a folder and those above it.
    func makeFolder(_ path: String) throws(TareError) {
        var current = ""
        for part in path.split(separator: "/").map(String.init) {
            let next = CopySource.join(current, part)
            if let resolved = root.resolved(next) {
                current = resolved
                continue
            }
            let folder = try remember(current)
            guard mkdirat(folder.raw, part, 0o755) == 0 else {
                throw .system("cannot make the folder", subject: "/" + next, errno: errno, writing: true)
            }
            made.append((next, true))
            current = next
        }
    }

    private func makeFile(_ path: String) throws(TareError) {
        let parent = root.resolved(path.split(separator: "/").dropLast().joined(separator: "/")) ?? ""
        let name = TreeRoot.name(in: path)
        let folder = try remember(parent)
        let raw = openat(folder.raw, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard raw >= 0 else {
            throw .system("cannot make the mount's place", subject: "/" + path, errno: errno, writing: true)
        }
        _ = close(raw)
        made.append((CopySource.join(parent, name), false))
    }

    private func remember(_ path: String) throws(TareError) -> OwnedFileDescriptor {
        let folder = try root.open(path, O_RDONLY | O_DIRECTORY)
        var facts = stat()
        if fstat(folder.raw, &facts) == 0, !times.contains(where: { $0.path == path }) {
            times.append((path, facts))
            note(path)
        }
        return folder
    }

    private func note(_ path: String) {
        let parts = path.split(separator: "/")
        for count in stride(from: parts.count, to: 0, by: -1) {
            let above = parts.prefix(count).joined(separator: "/")
            guard !folders.contains(where: { $0.path == above }), let facts = root.look(above) else { continue }
            folders.append(Folder(path: above, mode: facts.st_mode, user: facts.st_uid, group: facts.st_gid))
        }
        folders.sort { $0.path.utf8.count > $1.path.utf8.count }
    }

    /// Takes away what was made and is still empty, and gives the folders their times back.
    func remove() throws(TareError) {
        for (path, isFolder) in made.reversed() {
            guard let folder = try? root.parent(of: path) else { continue }
            let name = TreeRoot.name(in: path)
            var facts = stat()
            guard fstatat(folder.raw, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if isFolder || facts.st_size == 0 { _ = unlinkat(folder.raw, name, isFolder ? AT_REMOVEDIR : 0) }
        }
        for (path, facts) in times.reversed() {
            guard let folder = try? root.open(path, O_RDONLY | O_DIRECTORY) else { continue }
            var now = stat()
            guard fstat(folder.raw, &now) == 0 else { continue }
            var both = [facts.st_atim, facts.st_mtim]
            if !changed(path) { _ = utimensat(folder.raw, ".", &both, 0) }
        }
        made = []
    }

    /// Whether something that was made is still in a folder: then its time is that of the command.
    private func changed(_ path: String) -> Bool {
        made.contains { item in
            item.path.split(separator: "/").dropLast().joined(separator: "/") == path && root.look(item.path) != nil
        }
    }
}
