import Glibc
import TareCore
import TareLinux

/// Looks at every entry of a tree once; what is mounted below it is left out, and links are not followed.
public enum TreeWalk {
    /// Visits all entries, a folder before what is in it.
    ///
    /// - Parameters:
    ///   - root: where to begin; a path that is not there has no entries.
    ///   - body: gets the path below the root (empty for the root itself) and the entry's facts.
    /// - Complexity: O(entries), one lstat each; blocks.
    /// - Throws: `TareError` with the errno where a folder cannot be read; one that goes away meanwhile is left out.
    public static func visit(_ root: String, _ body: (String, stat) -> Void) throws(TareError) {
        var facts = stat()
        guard lstat(root, &facts) == 0 else { return }
        body("", facts)
        if facts.st_mode & S_IFMT == S_IFDIR { try enter(root, "", facts.st_dev, body) }
    }

    private static func enter(
        _ root: String,
        _ below: String,
        _ device: dev_t,
        _ body: (String, stat) -> Void
    ) throws(TareError) {
        let folder = below.isEmpty ? root : "\(root)/\(below)"
        guard let handle = opendir(folder) else {
            if errno == ENOENT { return }
            throw .system("cannot read the folder", subject: folder, errno: errno)
        }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        closedir(handle)
        for name in names {
            let path = below.isEmpty ? name : "\(below)/\(name)"
            var facts = stat()
            guard lstat("\(root)/\(path)", &facts) == 0, facts.st_dev == device else { continue }
            body(path, facts)
            if facts.st_mode & S_IFMT == S_IFDIR { try enter(root, path, device, body) }
        }
    }
}
