import TareCore

/// Finds out what a path is and gives the reader for it.
enum SubjectReader {
    /// The reader for what is at `path`: looks at its first bytes, never at its name.
    static func open(_ path: String) throws(TareError) -> any TreeReader {
        let kind = try SubjectKind.detect(path)
        switch kind {
        case .directory: return DirectoryReader(root: path)
        case .disk, .qcow2: return try DiskReader(path)
        case .tar: return TarReader(path)
        case .dockerArchive, .ociArchive, .ociFolder: return try ImageReader(path, kind: kind)
        }
    }
}
