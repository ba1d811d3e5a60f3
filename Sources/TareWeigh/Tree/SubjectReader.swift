import Glibc
import TareCore
import TareLinux

/// Finds out what a path is and gives the reader for it.
enum SubjectReader {
    /// The reader for what is at `path`: looks at its first bytes, never at its name.
    static func open(_ path: String) throws(TareError) -> any TreeReader {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw DirectoryReader.failure(path, errno) }
        if facts.st_mode & S_IFMT == S_IFDIR { return DirectoryReader(root: path) }
        throw TareError(
            .invalid,
            subject: path,
            "cannot weigh it: it is neither a directory nor a disk or archive of a known format",
            hint: "give a root directory"
        )
    }
}
