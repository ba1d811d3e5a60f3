import Glibc
import TareCore
import TareLinux

/// The names in a folder.
enum FolderListing {
    /// All names but `.` and `..`, in order of their bytes.
    static func names(in folder: String) throws(TareError) -> [String] {
        guard let stream = opendir(folder) else {
            throw .system("cannot list the folder", subject: folder, errno: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
