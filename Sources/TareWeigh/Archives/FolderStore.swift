import Glibc
import TareCore

/// An OCI layout that lies open in a folder.
struct FolderStore: ImageStore {
    let subject: String
    let hostAllocated: Int64

    /// Takes the folder at `path`.
    init(_ path: String) throws(TareError) {
        subject = path
        var total: Int64 = 0
        let folders = ["", "/blobs/sha256"]
        for folder in folders {
            guard let stream = opendir(path + folder) else { continue }
            defer { closedir(stream) }
            let descriptor = dirfd(stream)
            while let entry = readdir(stream) {
                var facts = stat()
                let found = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                        fstatat(descriptor, $0, &facts, AT_SYMLINK_NOFOLLOW)
                    }
                }
                if found == 0, facts.st_mode & S_IFMT == S_IFREG { total += Int64(facts.st_blocks) * 512 }
            }
        }
        hostAllocated = total
    }

    func open(_ name: String) throws(TareError) -> any ByteInput { try FileInput(subject + "/" + name) }
}
