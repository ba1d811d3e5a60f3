import Glibc
import TareCore

/// Reads a directory of this host, without following links and without leaving its file system.
///
/// Blocks; opens each directory once; changes nothing.
struct DirectoryReader: Sendable {
    let root: String

    /// All entries below the root, and the root itself.
    func tree() throws(TareError) -> FileTree {
        var facts = stat()
        guard stat(root, &facts) == 0 else { throw failure(root, errno) }
        guard facts.st_mode & S_IFMT == S_IFDIR else {
            throw TareError(.invalid, subject: root, "cannot weigh it as a directory: it is not one")
        }
        let device = facts.st_dev
        var nodes = [
            FileNode(path: "/", kind: .directory, mode: facts.st_mode, size: 0, allocated: Int64(facts.st_blocks) * 512)
        ]
        var links: [LinkIdentity: Int] = [:]
        var pending = [""]
        while let directory = pending.popLast() {
            try read(directory, device: device, nodes: &nodes, links: &links, pending: &pending)
        }
        return FileTree(nodes)
    }

    /// The bytes of one small file of the tree, or `nil` where there is none.
    func contents(of path: String) throws(TareError) -> [UInt8]? {
        let full = root + path
        let descriptor = open(full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ELOOP { return nil }
            throw failure(full, errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else { throw failure(full, errno) }
            bytes.append(contentsOf: buffer[0..<count])
        }
    }

    private struct LinkIdentity: Hashable {
        var device: UInt
        var inode: UInt
    }

    private func read(
        _ directory: String,
        device: dev_t,
        nodes: inout [FileNode],
        links: inout [LinkIdentity: Int],
        pending: inout [String]
    ) throws(TareError) {
        let full = directory.isEmpty ? root : root + directory
        guard let stream = opendir(full) else { throw failure(full, errno) }
        defer { closedir(stream) }
        let descriptor = dirfd(stream)
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var facts = stat()
            guard fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw failure(full + "/" + name, errno)
            }
            var node = FileNode(
                path: directory + "/" + name,
                kind: .other,
                mode: facts.st_mode,
                size: 0,
                allocated: Int64(facts.st_blocks) * 512
            )
            switch facts.st_mode & S_IFMT {
            case S_IFREG:
                node.kind = .regular
                node.size = Int64(facts.st_size)
                if facts.st_nlink > 1 {
                    let identity = LinkIdentity(device: UInt(facts.st_dev), inode: UInt(facts.st_ino))
                    let group = links[identity] ?? links.count
                    links[identity] = group
                    node.link = group
                }
            case S_IFDIR:
                node.kind = .directory
                guard facts.st_dev == device else { continue }
                pending.append(node.path)
            case S_IFLNK:
                node.kind = .symlink
                var text = [CChar](repeating: 0, count: 4097)
                let length = readlinkat(descriptor, name, &text, 4096)
                if length > 0 {
                    node.target = String(decoding: text[0..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
                }
            default: break
            }
            nodes.append(node)
        }
    }

    private func failure(_ path: String, _ number: Int32) -> TareError {
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
