import Glibc
import TareCore

/// Reads a directory of this host, without following links and without leaving its file system.
///
/// Blocks; opens each directory once; changes nothing. Names that are no UTF-8 are kept as their bytes.
struct DirectoryReader: TreeReader {
    /// The directory without a final slash; empty for the host's own root.
    let root: String

    init(root: String) {
        var root = root[...]
        while root.last == "/" { root = root.dropLast() }
        self.root = String(root)
    }

    var kind: String { "directory" }

    func tree() throws(TareError) -> FileTree {
        var facts = stat()
        let top = root.isEmpty ? "/" : root
        guard stat(top, &facts) == 0 else { throw Self.failure(top, errno) }
        guard facts.st_mode & S_IFMT == S_IFDIR else {
            throw TareError(.invalid, subject: top, "cannot weigh it as a directory: it is not one")
        }
        var walk = Walk(device: facts.st_dev)
        walk.nodes.append(
            FileNode(path: "/", kind: .directory, mode: facts.st_mode, size: 0, allocated: Int64(facts.st_blocks) * 512)
        )
        while let directory = walk.pending.popLast() { try list(directory, &walk) }
        return FileTree(walk.nodes)
    }

    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        let descriptor = open(hostPath(node.path, node.rawPath), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Self.failure(root + node.path, errno) }
        defer { close(descriptor) }
        let capacity = Int(min(max(node.size + 1, 4096), 1 << 18))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
        defer { buffer.deallocate() }
        if node.allocated + (1 << 16) < node.size {
            return try readSparse(node, descriptor, buffer, body)
        }
        while try piece(node, descriptor, buffer, body) > 0 {}
    }

    /// Hands on one read; 0 is the end.
    private func piece(
        _ node: FileNode,
        _ descriptor: Int32,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(root + node.path, errno) }
            if count > 0 { try body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            return count
        }
    }

    // SEEK_DATA and SEEK_HOLE of Linux, which the C library shows to GNU sources only.
    private static let seekData: Int32 = 3
    private static let seekHole: Int32 = 4

    /// Reads only what a sparse file holds; its holes are handed on as zeros that no disk was asked for.
    private func readSparse(
        _ node: FileNode,
        _ descriptor: Int32,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        let zeros = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count, alignment: 64)
        defer { zeros.deallocate() }
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        var at: Int64 = 0
        while at < node.size {
            var data = Int64(lseek(descriptor, off_t(at), Self.seekData))
            if data < 0 {
                // Past the last data: a hole to the end. A file system without this question answers otherwise.
                guard errno == ENXIO else { throw Self.failure(root + node.path, errno) }
                data = node.size
            }
            while at < min(data, node.size) {
                let count = Int(min(Int64(zeros.count), data - at))
                try body(UnsafeRawBufferPointer(rebasing: zeros[..<count]))
                at += Int64(count)
            }
            guard at < node.size else { return }
            let hole = Int64(lseek(descriptor, off_t(at), Self.seekHole))
            guard hole > at, lseek(descriptor, off_t(at), SEEK_SET) == off_t(at) else {
                throw Self.failure(root + node.path, errno)
            }
            while at < hole {
                let part = UnsafeMutableRawBufferPointer(
                    rebasing: buffer[..<Int(min(Int64(buffer.count), hole - at))])
                let count = try piece(node, descriptor, part, body)
                if count == 0 { return }
                at += Int64(count)
            }
        }
    }

    private struct LinkIdentity: Hashable {
        var device: UInt
        var inode: UInt
    }

    private struct Directory {
        var path: String
        var raw: [UInt8]?
    }

    private struct Walk {
        var device: dev_t
        var nodes: [FileNode] = []
        var links: [LinkIdentity: Int] = [:]
        var pending = [Directory(path: "")]

        mutating func link(_ facts: stat) -> Int {
            let identity = LinkIdentity(device: UInt(facts.st_dev), inode: UInt(facts.st_ino))
            let group = links[identity] ?? links.count
            links[identity] = group
            return group
        }
    }

    private func list(_ directory: Directory, _ walk: inout Walk) throws(TareError) {
        let full = directory.path.isEmpty ? (root.isEmpty ? "/" : root) : root + directory.path
        guard let stream = opendir(hostPath(directory.path.isEmpty ? "/" : directory.path, directory.raw)) else {
            throw Self.failure(full, errno)
        }
        defer { closedir(stream) }
        let descriptor = dirfd(stream)
        while let entry = readdir(stream) {
            var facts = stat()
            var target = [CChar](repeating: 0, count: 0)
            var length = 0
            var number: Int32 = 0
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes -> [UInt8] in
                    let name = UnsafeBufferPointer(start: bytes, count: strlen(bytes))
                    if name.first == 46, name.count == 1 || (name.count == 2 && name[1] == 46) { return [] }
                    let text = UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self)
                    if fstatat(descriptor, text, &facts, AT_SYMLINK_NOFOLLOW) != 0 { number = errno }
                    if number == 0, facts.st_mode & S_IFMT == S_IFLNK {
                        target = [CChar](repeating: 0, count: 4096)
                        length = readlinkat(descriptor, text, &target, 4096)
                    }
                    return Array(name)
                }
            }
            if name.isEmpty { continue }
            let (path, raw) = Self.joined(directory.path, directory.raw, name)
            if number == ENOENT { continue }
            guard number == 0 else { throw Self.failure(root + path, number) }
            var node = FileNode(
                path: path,
                kind: .other,
                mode: facts.st_mode,
                size: 0,
                allocated: Int64(facts.st_blocks) * 512,
                rawPath: raw
            )
            switch facts.st_mode & S_IFMT {
            case S_IFREG:
                node.kind = .regular
                node.size = Int64(facts.st_size)
                if facts.st_nlink > 1 { node.link = walk.link(facts) }
            case S_IFDIR:
                node.kind = .directory
                guard facts.st_dev == walk.device else { continue }
                walk.pending.append(Directory(path: path, raw: raw))
            case S_IFLNK:
                node.kind = .symlink
                if length > 0 {
                    node.target = String(decoding: target[0..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
                }
            default: break
            }
            walk.nodes.append(node)
        }
    }

    /// The path of an entry, and its bytes where the text is not the same.
    static func joined(_ parent: String, _ rawParent: [UInt8]?, _ name: [UInt8]) -> (String, [UInt8]?) {
        if let text = String(validating: name, as: UTF8.self) {
            return (parent + "/" + text, rawParent.map { $0 + [47] + name })
        }
        return (parent + "/" + escaped(name), (rawParent ?? Array(parent.utf8)) + [47] + name)
    }

    /// A name with every byte above 127 written `\xE9`.
    static func escaped(_ name: [UInt8]) -> String {
        var text = ""
        let digits = Array("0123456789ABCDEF")
        for byte in name {
            if byte < 128 {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return text
    }

    /// The path on the host, with a final zero.
    private func hostPath(_ path: String, _ raw: [UInt8]?) -> [CChar] {
        var bytes = Array(root.utf8)
        if let raw { bytes += raw } else { bytes += path.utf8 }
        return bytes.map(CChar.init(bitPattern:)) + [0]
    }

    /// Why something of the host cannot be read, by errno.
    static func failure(_ path: String, _ number: Int32) -> TareError {
        let code: TareError.Code =
            switch number {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM: .noPermission
            default: .unavailable
            }
        return TareError(
            code,
            subject: path,
            "cannot read it for weighing: \(String(cString: strerror(number)))",
            hint: code == .noPermission ? "run as its owner or as root" : nil,
            errno: number
        )
    }
}
