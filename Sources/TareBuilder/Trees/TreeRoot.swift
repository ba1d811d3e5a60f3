import CTareLinux
import Glibc
import TareCore
import TareLinux

/// A folder whose paths never lead out of it, whatever links are in them: a build's context, a mounted root.
final class TreeRoot {
    let path: String
    private let file: OwnedFileDescriptor

    init(_ path: String) throws(TareError) {
        self.path = path
        file = try OwnedFileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
    }

    /// Opens a path below the root, links followed within it.
    ///
    /// - Throws: `TareError` with the errno.
    func open(_ path: String, _ flags: Int32) throws(TareError) -> OwnedFileDescriptor {
        let raw = tare_open_in_root(file.raw, path.isEmpty ? "." : path, flags | O_CLOEXEC, 0)
        guard raw >= 0 else { throw .system("cannot open it", subject: path, errno: -raw) }
        return OwnedFileDescriptor(taking: raw, path: path)
    }

    /// The folder that holds the last part of a path, open.
    func parent(of path: String) throws(TareError) -> OwnedFileDescriptor {
        try open(path.split(separator: "/").dropLast().joined(separator: "/"), O_RDONLY | O_DIRECTORY)
    }

    /// The last part of a path.
    static func name(in path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "." }

    /// What is at a path, links followed; `nil` where nothing is.
    func look(_ path: String) -> stat? {
        guard let file = try? open(path, Self.openForLooking) else { return nil }
        var facts = stat()
        return fstat(file.raw, &facts) == 0 ? facts : nil
    }

    /// Where a path leads to once its links are followed: relative to the root; `nil` where nothing is.
    func resolved(_ path: String) -> String? {
        guard let found = try? open(path, Self.openForLooking), let whole = Self.place(of: found.raw) else {
            return nil
        }
        guard let base = Self.place(of: file.raw), whole.hasPrefix(base) else { return nil }
        return whole.dropFirst(base.count).drop { $0 == "/" }.description
    }

    /// The path on the host of what a path leads to.
    func hostPath(_ path: String) -> String? { resolved(path).map { $0.isEmpty ? self.path : self.path + "/" + $0 } }

    /// O_PATH, which Swift does not import.
    static let openForLooking: Int32 = 0o10000000

    private static func place(of raw: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return -1 }
            return readlink("/proc/self/fd/\(raw)", start.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// The entry at a path; a link at its end is followed where `follows` says so.
    func entry(_ path: String, follows: Bool = false) throws(TareError) -> TreeEntry {
        let real = follows ? resolved(path) ?? path : path
        if real.isEmpty {
            var facts = stat()
            guard fstat(file.raw, &facts) == 0 else { throw .system("cannot look", subject: self.path, errno: errno) }
            return try Self.entry(facts, path, ".", file.raw)
        }
        let folder = try parent(of: real)
        let name = Self.name(in: real)
        var facts = stat()
        guard fstatat(folder.raw, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw .system("cannot find it", subject: path, errno: errno)
        }
        return try Self.entry(facts, path, name, folder.raw)
    }

    private static func entry(
        _ facts: stat, _ path: String, _ name: String, _ folder: Int32
    ) throws(TareError) -> TreeEntry {
        var entry = TreeEntry(
            path: path, kind: .file, mode: facts.st_mode & 0o7777, user: facts.st_uid, group: facts.st_gid)
        switch facts.st_mode & S_IFMT {
        case S_IFREG: entry.size = Int64(facts.st_size)
        case S_IFDIR: entry.kind = .folder
        case S_IFLNK: entry.kind = .link(target: try target(of: name, in: folder, path))
        case S_IFIFO: entry.kind = .fifo
        case S_IFCHR: entry.kind = .device(isBlock: false, number: UInt64(facts.st_rdev))
        case S_IFBLK: entry.kind = .device(isBlock: true, number: UInt64(facts.st_rdev))
        default:
            throw TareError(
                .unsupported, subject: path, "cannot take a socket into an image", hint: "list it in .dockerignore")
        }
        if case .link = entry.kind { return entry }
        entry.attributes = try attributes(of: name, in: folder, path)
        return entry
    }

    private static func target(of name: String, in folder: Int32, _ path: String) throws(TareError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlinkat(folder, name, &buffer, buffer.count)
        guard count >= 0 else { throw .system("cannot read the link", subject: path, errno: errno) }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The names in a folder, sorted by their bytes.
    func names(in path: String) throws(TareError) -> [String] {
        let folder = try open(path, O_RDONLY | O_DIRECTORY)
        guard let stream = fdopendir(dup(folder.raw)) else {
            throw .system("cannot list the folder", subject: path, errno: errno)
        }
        defer { closedir(stream) }
        rewinddir(stream)
        var names: [String] = []
        while let item = readdir(stream) {
            let bytes = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
                    Array(UnsafeBufferPointer(start: start, count: 256).prefix { $0 != 0 })
                }
            }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                throw TareError(
                    .unsupported, subject: path, "cannot take a file in here: its name is no UTF-8",
                    hint: "rename it, or list the folder in .dockerignore")
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The digest of a file's bytes.
    func digest(of path: String) throws(TareError) -> Digest {
        let file = try open(path, O_RDONLY)
        var hash = try SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while true {
            let count = try file.read(into: buffer, at: offset)
            if count == 0 { return try hash.finish() }
            try hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
    }
}
