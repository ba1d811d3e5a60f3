import Glibc
import TareCore
import TareImages
import TareLinux

/// Where an archive goes: a file, which is there as a whole or not at all, or standard output.
enum ArchiveTarget {
    /// Lets `body` write it.
    ///
    /// - Parameters:
    ///   - path: the file; `nil` or `-` for standard output.
    ///   - body: writes the archive.
    /// - Throws: `usage` where standard output is a terminal; what `body` throws, and then the file is not there.
    static func write(to path: String?, _ body: (any ByteOutput) throws(TareError) -> Void) throws(TareError) {
        guard let path, path != "-" else {
            guard isatty(1) == 0 else {
                throw TareError(
                    .usage, subject: "standard output", "a terminal cannot show an archive",
                    hint: "name a file with --output, or pipe it on")
            }
            return try body(DescriptorStream(1, subject: "standard output"))
        }
        let beside = "\(path).\(getpid()).tmp"
        do throws(TareError) {
            let file = try OwnedFileDescriptor(opening: beside, O_WRONLY | O_CREAT | O_EXCL)
            try body(DescriptorStream(file.raw, subject: path))
            try file.synchronise()
            guard rename(beside, path) == 0 else {
                throw .system("cannot put the archive in its place", subject: path, errno: errno, writing: true)
            }
        } catch {
            _ = unlink(beside)
            throw error
        }
    }
}
