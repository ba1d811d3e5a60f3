import Glibc
import TareCore
import TareLinux

/// Reads a directory of this host, without following links and without leaving its file system.
///
/// Blocks; opens each directory once; changes nothing. Names that are no UTF-8 are kept as their bytes.
struct DirectoryReader: TreeReader {
    /// The directory without a final slash; empty for the host's own root.
    let root: String
    /// Threads that walk.
    ///
    /// `nil` asks `WorkerCount`; the result does not depend on it.
    var threads: Int?
    private let buffers = ReadBuffers()

    init(root: String, threads: Int? = nil) {
        var root = root[...]
        while root.last == "/" { root = root.dropLast() }
        self.root = String(root)
        self.threads = threads
    }

    var kind: String { "directory" }

    func tree() throws(TareError) -> FileTree {
        let workers: Int
        if let threads { workers = threads } else { workers = try WorkerCount.current() }
        return FileTree(try DirectoryWalk(root: root, threads: workers).run())
    }

    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        guard node.size > 0 else { return }
        let descriptor = opened(node)
        guard descriptor >= 0 else { throw Self.failure(root + node.path, errno) }
        defer { close(descriptor) }
        let buffer = buffers.take()
        defer { buffers.give(buffer) }
        if node.allocated + (1 << 16) < node.size {
            return try readSparse(node, descriptor, buffer, body)
        }
        // Up to the size that was weighed, so that no call is spent on finding the end.
        var left = node.size
        while left > 0 {
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(Int64(buffer.count), left))])
            let count = try piece(node, descriptor, part, body)
            if count == 0 { return }
            left -= Int64(count)
        }
    }

    private func opened(_ node: FileNode) -> Int32 {
        guard let raw = node.rawPath else { return open(root + node.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
        let path = (Array(root.utf8) + raw).map(CChar.init(bitPattern:)) + [0]
        return open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
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

    /// The path of an entry, and its bytes where the text is not the same.
    static func joined(_ parent: String, _ rawParent: [UInt8]?, _ name: ArraySlice<UInt8>) -> (String, [UInt8]?) {
        if rawParent == nil, name.allSatisfy({ $0 < 128 }) {
            var parent = parent
            let path = parent.withUTF8 { head in
                String(unsafeUninitializedCapacity: head.count + 1 + name.count) { path in
                    _ = path.update(fromContentsOf: head)
                    path[head.count] = 47
                    _ = path[(head.count + 1)...].update(fromContentsOf: name)
                    return head.count + 1 + name.count
                }
            }
            return (path, nil)
        }
        if let text = String(validating: name, as: UTF8.self) {
            return (parent + "/" + text, rawParent.map { $0 + [47] + name })
        }
        return (parent + "/" + escaped(name), (rawParent ?? Array(parent.utf8)) + [47] + name)
    }

    /// A name with every byte above 127 written `\xE9`.
    static func escaped(_ name: some Sequence<UInt8>) -> String {
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
