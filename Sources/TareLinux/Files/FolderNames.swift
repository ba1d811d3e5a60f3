import Glibc
import TareCore

/// The names in a folder.
public enum FolderNames {
    /// Lists a folder, sorted by bytes, without `.` and `..` and what is being written beside; one that is not there is
    /// empty.
    public static func list(_ folder: String) throws(TareError) -> [String] {
        guard let handle = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .system("cannot read the folder", subject: folder, errno: errno)
        }
        defer { closedir(handle) }
        var found: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // What AtomicFile writes beside is not there yet.
            if name != ".", name != "..", !name.hasSuffix(".tmp") { found.append(name) }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
