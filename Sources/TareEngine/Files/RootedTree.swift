import CTareLinux
import Glibc
import TareCore
import TareImages
import TareLinux

/// A container's root as the host sees it, where no link of the container's leads out of it.
struct RootedTree: Sendable {
    let root: String

    init(_ root: String) { self.root = root }

    /// Opens a path below the root; links and `..` are followed as if the root were `/`.
    ///
    /// - Throws: `notFound`; `TareError` with the errno.
    func open(_ path: String, _ flags: Int32) throws(TareError) -> OwnedFileDescriptor {
        let top = try OwnedFileDescriptor(opening: root, O_RDONLY | O_DIRECTORY)
        let bare = String(path.drop { $0 == "/" })
        let number = tare_open_in_root(top.raw, bare.isEmpty ? "." : bare, flags | Int32(O_CLOEXEC), 0)
        guard number >= 0 else { throw .system("cannot open it in the container", subject: path, errno: -number) }
        return OwnedFileDescriptor(taking: number, path: path)
    }

    /// The text of a small file, or `nil` where it cannot be read.
    func text(_ path: String) -> String? {
        guard let file = try? open(path, O_RDONLY | O_NONBLOCK), let length = try? file.length(), length <= 1 << 20
        else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        var count = 0
        bytes.withUnsafeMutableBytes { buffer in count = (try? file.read(into: buffer, at: 0)) ?? 0 }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// Copies what is in a folder of the root into a folder of the host, with owners, modes and attributes.
    ///
    /// - Parameters:
    ///   - path: a folder of the root; one that is not there is empty.
    ///   - target: an existing folder of the host, which takes the folder's owner and mode too.
    /// - Throws: `TareError` with the errno.
    func copyContent(of path: String, to target: String) throws(TareError) {
        let source: OwnedFileDescriptor
        do throws(TareError) { source = try open(path, O_RDONLY | O_DIRECTORY) } catch {
            if error.code == .notFound || error.errno == ENOTDIR { return }
            throw error
        }
        // The open folder itself is copied: no link of the container's can be put in its way meanwhile.
        try TreeCopy.copy("/proc/self/fd/\(source.raw)/.", to: target)
    }
}
