import Glibc
import TareCore
import TareLinux

/// Removes trees by descriptors, without ever following a link or leaving the tree.
enum TreeRemoval {
    /// Removes what is at `path` with all below it; nothing there is no failure.
    static func remove(_ path: String) throws(TareError) {
        let folder = try OwnedFileDescriptor(opening: PathText.folder(of: path), O_RDONLY | O_DIRECTORY)
        try remove(Array(PathText.name(of: path).utf8), in: folder.raw, subject: path)
    }

    /// Removes `name` in an open folder.
    ///
    /// - Parameters:
    ///   - name: the entry.
    ///   - folder: the open folder.
    ///   - subject: for errors.
    ///   - path: where `name` is below what the caller began with.
    ///   - keeping: paths relative to `name` that stay, with the folders above them; asked for each entry.
    /// - Returns: whether all of it is gone.
    /// - Throws: `TareError` with the errno.
    @discardableResult
    static func remove(
        _ name: [UInt8],
        in folder: Int32,
        subject: String,
        path: [UInt8] = [],
        keeping: ((_ path: [UInt8]) -> Bool)? = nil
    ) throws(TareError) -> Bool {
        if keeping == nil || keeping?(path) == false {
            if LayerRoot.text(name, { unlinkat(folder, $0, 0) }) == 0 || errno == ENOENT { return true }
            guard errno == EISDIR || errno == EPERM || errno == ENOTEMPTY else {
                throw .system("cannot remove it", subject: subject, errno: errno, writing: true)
            }
        }
        let raw = LayerRoot.text(name) { openat(folder, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard raw >= 0 else {
            if errno == ENOENT { return true }
            if keeping?(path) == true { return false }
            throw .system("cannot remove it", subject: subject, errno: errno, writing: true)
        }
        let inner = OwnedFileDescriptor(taking: raw, path: subject)
        var isEmpty = true
        for child in try names(in: inner) {
            let below = path.isEmpty ? child : path + [47] + child
            if try !remove(child, in: inner.raw, subject: subject, path: below, keeping: keeping) { isEmpty = false }
        }
        if keeping?(path) == true || !isEmpty { return false }
        guard LayerRoot.text(name, { unlinkat(folder, $0, AT_REMOVEDIR) }) == 0 || errno == ENOENT else {
            throw .system("cannot remove it", subject: subject, errno: errno, writing: true)
        }
        return true
    }

    /// The names in an open folder as bytes, in no order.
    static func names(in folder: borrowing OwnedFileDescriptor) throws(TareError) -> [[UInt8]] {
        let again = openat(folder.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard again >= 0, let stream = fdopendir(again) else {
            throw .system("cannot list the folder", subject: folder.path, errno: errno)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [46], name != [46, 46] { names.append(name) }
        }
        return names
    }
}
