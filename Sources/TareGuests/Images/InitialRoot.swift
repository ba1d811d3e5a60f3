import TareCore
import TareLinux

/// An initial root file system as a cpio archive of the "newc" format, which the kernel unpacks; the same entries give the
/// same bytes.
///
/// Not packed: the kernel copies it faster than it inflates. A kernel unpacks several archives behind one another, so one
/// of these after a distribution's own adds to it or replaces files of it.
/// Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst.
public struct InitialRoot: Sendable {
    private enum Content: Sendable {
        case folder
        case file([UInt8], mode: UInt32)
        case link(String)
        case device(major: UInt32, minor: UInt32)
    }

    private var entries: [String: Content] = [:]

    /// Makes an empty one.
    public init() {}

    /// Adds a file and the folders above it; a file that is there is replaced.
    ///
    /// - Parameters:
    ///   - path: from the root, without a leading slash.
    ///   - bytes: the content.
    ///   - mode: permission bits.
    public mutating func add(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) {
        set(path, .file(bytes, mode: mode))
    }

    /// Adds a file of text; see `add(_:_:mode:)`.
    public mutating func add(_ path: String, text: String, mode: UInt32 = 0o644) {
        add(path, Array(text.utf8), mode: mode)
    }

    /// Adds a symbolic link.
    public mutating func link(_ path: String, to target: String) { set(path, .link(target)) }

    /// Adds a folder.
    public mutating func folder(_ path: String) { set(path, .folder) }

    /// Adds a character device: without `dev/console`, a kernel without devtmpfs gives the first process no output.
    public mutating func device(_ path: String, major: UInt32, minor: UInt32) {
        set(path, .device(major: major, minor: minor))
    }

    private mutating func set(_ path: String, _ content: Content) {
        var folder = PathText.folder(of: path)
        while !folder.isEmpty, folder != ".", folder != "/" {
            if entries[folder] == nil { entries[folder] = .folder }
            folder = PathText.folder(of: folder)
        }
        entries[path] = content
    }

    /// The archive: entries by name, numbered from 1, owned by root, at time 0.
    ///
    /// - Returns: the bytes, a multiple of 512.
    /// - Complexity: O(bytes).
    public func archive() -> [UInt8] {
        var bytes: [UInt8] = []
        var inode: UInt32 = 1
        for (path, content) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            switch content {
            case .folder: Self.append(path, inode, 0o40755, [], to: &bytes)
            case .file(let data, let mode): Self.append(path, inode, 0o100000 | mode, data, to: &bytes)
            case .link(let target): Self.append(path, inode, 0o120777, Array(target.utf8), to: &bytes)
            case .device(let major, let minor):
                Self.append(path, inode, 0o20600, [], device: (major, minor), to: &bytes)
            }
            inode += 1
        }
        Self.append("TRAILER!!!", 0, 0, [], to: &bytes)
        bytes.append(contentsOf: repeatElement(0, count: (512 - bytes.count % 512) % 512))
        return bytes
    }

    private static func append(
        _ name: String,
        _ inode: UInt32,
        _ mode: UInt32,
        _ data: [UInt8],
        device: (UInt32, UInt32) = (0, 0),
        to bytes: inout [UInt8]
    ) {
        let links: UInt32 = mode & 0o170000 == 0o40000 ? 2 : 1
        let fields: [UInt32] = [
            inode, mode, 0, 0, links, 0, UInt32(data.count), 0, 0, device.0, device.1, UInt32(name.utf8.count + 1), 0,
        ]
        bytes.append(contentsOf: "070701".utf8)
        for field in fields {
            let digits = String(field, radix: 16, uppercase: true)
            bytes.append(contentsOf: String(repeating: "0", count: 8 - digits.count).utf8)
            bytes.append(contentsOf: digits.utf8)
        }
        bytes.append(contentsOf: name.utf8)
        bytes.append(0)
        pad(&bytes)
        bytes.append(contentsOf: data)
        pad(&bytes)
    }

    private static func pad(_ bytes: inout [UInt8]) {
        bytes.append(contentsOf: repeatElement(0, count: (4 - bytes.count % 4) % 4))
    }
}
