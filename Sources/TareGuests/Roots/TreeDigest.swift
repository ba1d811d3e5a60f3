import CTareLinux
import Glibc
import TareCore
import TareLinux

/// One digest over a whole tree, so that two builds can be compared.
///
/// Every entry, in order of its path's bytes, gives its path, kind and mode, owner, group, time of change, device
/// number, link target, extended attributes, and for a file its length and SHA-256. Inode numbers, link counts and the
/// times of reading do not count.
enum TreeDigest {
    /// The digest of the tree at `root`.
    ///
    /// Blocks; reads every byte. O(entries log entries + bytes).
    static func digest(of root: String) throws(TareError) -> Digest {
        var hash = try SHA256()
        try add(root, shown: ".", to: &hash)
        return try hash.finish()
    }

    private static func add(_ path: String, shown: String, to hash: inout SHA256) throws(TareError) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { throw .system("cannot look at it", subject: path, errno: errno) }
        let kind = facts.st_mode & S_IFMT
        // The size of a folder, and the time of none, is the file system's own affair; the time of a folder is kept.
        var line = "\(shown)\0\(facts.st_mode) \(facts.st_uid) \(facts.st_gid) \(facts.st_mtim.tv_sec)"
        switch kind {
        case S_IFREG:
            let content = try SHA256.digest(ofFile: path)
            line += " \(content.length) \(content.digest.hex)"
        case S_IFLNK: line += " \(try target(of: path))"
        case S_IFCHR, S_IFBLK: line += " \(facts.st_rdev)"
        default: break
        }
        try hash.update(Array((line + "\0").utf8))
        try hash.update(try attributes(of: path))
        guard kind == S_IFDIR else { return }
        for name in try FolderListing.names(in: path) {
            try add("\(path)/\(name)", shown: "\(shown)/\(name)", to: &hash)
        }
    }

    private static func target(of link: String) throws(TareError) -> String {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &text, text.count)
        guard count >= 0 else { throw .system("cannot read the link", subject: link, errno: errno) }
        return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Names and values of the extended attributes (file capabilities are one), by name.
    private static func attributes(of path: String) throws(TareError) -> [UInt8] {
        let length = tare_attribute_names(path, nil, 0)
        // A file system without extended attributes has none to tell.
        guard length > 0 else { return [] }
        var list = [CChar](repeating: 0, count: length)
        let filled = tare_attribute_names(path, &list, length)
        guard filled > 0 else { throw .system("cannot list the extended attributes", subject: path, errno: EIO) }
        let names = list[..<filled].split(separator: 0).map { name in
            String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        var bytes: [UInt8] = []
        for name in names.sorted() {
            var value = [UInt8](repeating: 0, count: 65_536)
            let count = tare_attribute_value(path, name, &value, value.count)
            guard count >= 0 else {
                throw .system("cannot read an extended attribute", subject: path, errno: Int32(-count))
            }
            bytes += Array(name.utf8) + [0] + value[..<count] + [0]
        }
        return bytes
    }
}
