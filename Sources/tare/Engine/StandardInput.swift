import Glibc
import TareCore
import TareImages
import TareLinux

/// Streams of bytes where a file is wanted, or the other way round.
enum StandardInput {
    /// Carries bytes to their end, and finishes the output.
    static func copy(_ input: any ByteInput, to output: any ByteOutput) throws(TareError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return try output.finish() }
            try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Copies it into a fresh file, which is the caller's to remove.
    ///
    /// - Parameter folder: where the file is made.
    /// - Returns: the file's path.
    /// - Throws: `usage` where it is a terminal; `TareError` with the errno.
    static func spool(in folder: String) throws(TareError) -> String {
        guard isatty(0) == 0 else {
            throw TareError(
                .usage, subject: "standard input", "nothing is piped in", hint: "name a file, or pipe one in")
        }
        let path = PathText.join(folder, "input-\(getpid())-\(HostClock.boottimeNanoseconds())")
        let file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
        do throws(TareError) {
            try copy(DescriptorStream(0, subject: "standard input"), to: DescriptorStream(file.raw, subject: path))
        } catch {
            _ = unlink(path)
            throw error
        }
        return path
    }
}
