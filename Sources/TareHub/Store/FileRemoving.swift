import Glibc
import TareCore
import TareLinux

/// Removing files that may be gone already.
enum FileRemoving {
    /// Removes a file; one that is not there is no failure.
    static func remove(_ path: String) throws(TareError) {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw .system("cannot remove it", subject: path, errno: errno, writing: true)
    }

    /// The names in a folder, sorted by their bytes; none where it is not there.
    static func names(in folder: String) throws(TareError) -> [String] {
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
