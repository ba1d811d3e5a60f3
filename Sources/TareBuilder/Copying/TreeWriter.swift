import CTareLinux
import Glibc
import TareCore
import TareDockerfile
import TareLinux

/// Writes entries below a root; whatever links are in it, nothing is written outside.
final class TreeWriter {
    let root: TreeRoot
    /// The time that each entry gets.
    private let time: Int64
    /// Folders whose times are set at the end, since each new entry changes them.
    private var touched: Set<String> = []

    init(_ root: TreeRoot, time: Int64) {
        self.root = root
        self.time = time
    }

    /// Makes a folder and those above it, where they are not there.
    ///
    /// - Parameters:
    ///   - path: relative to the root.
    ///   - owner: of the folders that are made.
    ///   - depth: how many links without a target led here.
    /// - Returns: the path with its links followed.
    /// - Throws: `invalid` where something else is in the way.
    @discardableResult
    func makeFolder(
        _ path: String, owner: (user: UInt32, group: UInt32) = (0, 0), depth: Int = 0
    ) throws(TareError) -> String {
        var current = ""
        for part in path.split(separator: "/").map(String.init) {
            let next = CopySource.join(current, part)
            if let resolved = root.resolved(next), let facts = root.look(next) {
                guard facts.st_mode & S_IFMT == S_IFDIR else {
                    throw TareError(
                        .invalid, subject: "/" + next, "cannot make the folder: a file of this name is there")
                }
                current = resolved
                continue
            }
            let folder = try root.open(current, O_RDONLY | O_DIRECTORY)
            if mkdirat(folder.raw, part, 0o755) != 0 {
                guard errno == EEXIST, case .link(let target) = try root.entry(next).kind, depth < 40 else {
                    throw trouble("make the folder", next)
                }
                // The link leads to a folder that is not there yet.
                let place = PathCleaning.join("/" + current, target).dropFirst().description
                current = try makeFolder(place, owner: owner, depth: depth + 1)
                continue
            }
            try finish(part, in: folder.raw, next, mode: 0o755, owner.user, owner.group)
            touched.insert(current)
            touched.insert(next)
            current = next
        }
        return current
    }

    /// Writes an entry.
    ///
    /// - Parameters:
    ///   - item: what and where.
    ///   - content: writes a file's bytes into the file that it gets.
    /// - Throws: `invalid` where a folder is to replace a file, or a file a folder; `TareError` with the errno.
    func write(
        _ item: CopyItem, content: ((borrowing OwnedFileDescriptor) throws(TareError) -> Void)
    ) throws(TareError) {
        if item.target.isEmpty { return }
        let owner = (user: item.entry.user, group: item.entry.group)
        let parent = item.target.split(separator: "/").dropLast().joined(separator: "/")
        let place = try makeFolder(parent, owner: owner)
        let name = TreeRoot.name(in: item.target)
        let path = CopySource.join(place, name)
        let folder = try root.open(place, O_RDONLY | O_DIRECTORY)
        var facts = stat()
        let isThere = fstatat(folder.raw, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
        let isFolder = isThere && facts.st_mode & S_IFMT == S_IFDIR
        if case .folder = item.entry.kind {
            if isThere, !isFolder {
                if item.keepsExisting, root.look(path).map({ $0.st_mode & S_IFMT == S_IFDIR }) == true { return }
                throw TareError(
                    .invalid, subject: "/" + path, "cannot copy a folder here: a file of this name is there")
            }
            if isFolder, item.keepsExisting { return }
            if !isFolder, mkdirat(folder.raw, name, 0o700) != 0 { throw trouble("make the folder", path) }
            touched.insert(path)
        } else {
            if isFolder {
                throw TareError(
                    .invalid, subject: "/" + path, "cannot copy a file here: a folder of this name is there")
            }
            if isThere, unlinkat(folder.raw, name, 0) != 0 { throw trouble("replace the file", path) }
            try make(item.entry, name, in: folder.raw, path, content)
        }
        touched.insert(place)
        try finish(name, in: folder.raw, path, mode: item.entry.mode, owner.user, owner.group, item.entry)
    }

    private func make(
        _ entry: TreeEntry, _ name: String, in folder: Int32, _ path: String,
        _ content: ((borrowing OwnedFileDescriptor) throws(TareError) -> Void)
    ) throws(TareError) {
        var result: Int32 = 0
        switch entry.kind {
        case .folder: break
        case .file:
            let raw = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard raw >= 0 else { throw trouble("make the file", path) }
            let file = OwnedFileDescriptor(taking: raw, path: path)
            try content(file)
        case .link(let target): result = symlinkat(target, folder, name)
        case .fifo: result = mkfifoat(folder, name, 0o600)
        case .device(let isBlock, let number):
            result = mknodat(folder, name, 0o600 | (isBlock ? S_IFBLK : S_IFCHR), dev_t(number))
        }
        if result != 0 { throw trouble("make it", path) }
    }

    private func finish(
        _ name: String, in folder: Int32, _ path: String, mode: UInt32, _ user: UInt32, _ group: UInt32,
        _ entry: TreeEntry? = nil
    ) throws(TareError) {
        var isLink = false
        if case .link = entry?.kind { isLink = true }
        guard fchownat(folder, name, user, group, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw trouble("set the owner", path)
        }
        if !isLink, fchmodat(folder, name, mode_t(mode), 0) != 0 { throw trouble("set the mode", path) }
        for attribute in entry?.attributes ?? [] {
            let failure = attribute.value.withUnsafeBytes {
                tare_at_attribute_set(folder, name, attribute.name, $0.baseAddress, $0.count)
            }
            if failure < 0 { throw .system("cannot set \(attribute.name)", subject: "/" + path, errno: -failure) }
        }
        setTime(name, in: folder)
    }

    private func setTime(_ name: String, in folder: Int32) {
        var times = [timespec(tv_sec: Int(time), tv_nsec: 0), timespec(tv_sec: Int(time), tv_nsec: 0)]
        _ = utimensat(folder, name, &times, AT_SYMLINK_NOFOLLOW)
    }

    /// Sets the times of the folders that were written to; to be called once, at the end.
    func finishFolders() throws(TareError) {
        for path in touched {
            let folder = try root.open(path, O_RDONLY | O_DIRECTORY)
            setTime(".", in: folder.raw)
        }
    }

    private func trouble(_ wanted: String, _ path: String) -> TareError {
        .system("cannot \(wanted)", subject: "/" + path, errno: errno, writing: true)
    }
}
