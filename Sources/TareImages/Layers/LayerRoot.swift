import CTareLinux
import Glibc
import TareCore
import TareLinux

/// A folder that is a root: paths in it never lead out, whatever links, `..` and absolute targets are in them.
///
/// Every path is resolved by openat2(2) with RESOLVE_IN_ROOT to an open folder, and the last name is then used relative
/// to that folder and never followed. Folders stay open, so that neighbours cost no look-up.
final class LayerRoot {
    /// An open folder below the root.
    final class Folder {
        let file: OwnedFileDescriptor
        /// Whether new entries get the folder's group.
        let hasSetGroup: Bool

        init(_ file: consuming OwnedFileDescriptor) {
            var facts = stat()
            hasSetGroup = fstat(file.raw, &facts) == 0 && facts.st_mode & 0o2000 != 0
            self.file = file
        }

        var raw: Int32 { file.raw }
    }

    private let root: Folder
    private var open: [[UInt8]: Folder] = [:]
    private var last: (path: [UInt8], folder: Folder)
    let subject: String

    private static let mostOpen = 128

    /// Takes the folder that `path` names below the open folder `base`, or anywhere.
    init(_ path: String, below base: Int32 = AT_FDCWD) throws(TareError) {
        let raw = Glibc.openat(base, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard raw >= 0 else { throw .system("cannot open the layer's folder", subject: path, errno: errno) }
        root = Folder(OwnedFileDescriptor(taking: raw, path: path))
        last = ([], root)
        subject = path
    }

    var raw: Int32 { root.raw }

    /// The names of a path without empty ones and `.`, joined again; `nil` where one is `..`.
    static func normal(_ path: [UInt8]) -> [UInt8]? {
        var clean: [UInt8] = []
        clean.reserveCapacity(path.count)
        for name in path.split(separator: 47) {
            if name.count == 1, name.first == 46 { continue }
            if name.count == 2, name.allSatisfy({ $0 == 46 }) { return nil }
            if !clean.isEmpty { clean.append(47) }
            clean.append(contentsOf: name)
        }
        return clean
    }

    /// The folder and the last name of a path.
    static func split(_ path: [UInt8]) -> (folder: [UInt8], name: [UInt8]) {
        guard let slash = path.lastIndex(of: 47) else { return ([], path) }
        return (Array(path[..<slash]), Array(path[(slash + 1)...]))
    }

    /// Opens the folder at a normal path; `nil` where there is none.
    func find(_ path: [UInt8]) throws(TareError) -> Folder? {
        if path.isEmpty { return root }
        if path == last.path { return last.folder }
        if let folder = open[path] {
            last = (path, folder)
            return folder
        }
        let raw = Self.text(path) { tare_open_in_root(root.raw, $0, O_RDONLY | O_DIRECTORY, 0) }
        if raw == -ENOENT || raw == -ENOTDIR || raw == -ELOOP { return nil }
        guard raw >= 0 else {
            throw .system("cannot open the folder", subject: String(decoding: path, as: UTF8.self), errno: -raw)
        }
        return remember(path, Folder(OwnedFileDescriptor(taking: raw, path: subject)))
    }

    /// Keeps a folder open under its path.
    func remember(_ path: [UInt8], _ folder: Folder) -> Folder {
        if open.count >= Self.mostOpen { open.removeAll(keepingCapacity: true) }
        open[path] = folder
        last = (path, folder)
        return folder
    }

    /// Forgets all open folders: something that was on a path is gone.
    func forget() {
        open.removeAll(keepingCapacity: true)
        last = ([], root)
    }

    /// Hands bytes as a C text.
    static func text<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
            for (place, byte) in bytes.enumerated() { buffer[place] = CChar(bitPattern: byte) }
            buffer[bytes.count] = 0
            guard let base = buffer.baseAddress else { return "".withCString(body) }
            return body(UnsafePointer(base))
        }
    }

    /// What is at `name` in a folder, links not followed; `nil` where there is nothing.
    static func look(_ folder: Int32, _ name: [UInt8]) -> stat? {
        var facts = stat()
        return text(name) { fstatat(folder, $0, &facts, AT_SYMLINK_NOFOLLOW) } == 0 ? facts : nil
    }
}
