import Glibc
import TareCore
import TareLinux

/// Copies a file's bytes and sees whether they are still those that the cache was asked for.
enum FileCopy {
    static func copy(
        _ entry: TreeEntry, from source: TreeRoot, into file: borrowing OwnedFileDescriptor
    ) throws(TareError) {
        let input = try source.open(entry.path, O_RDONLY)
        var hash = try SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while true {
            let count = try input.read(into: buffer, at: offset)
            if count == 0 { break }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            try hash.update(piece)
            try file.writeAll(piece)
            offset += Int64(count)
        }
        let found = try hash.finish()
        guard entry.digest == nil || entry.digest == found else {
            throw TareError(
                .unavailable, subject: entry.path, "cannot copy the file: it changed while the image was built",
                hint: "build again")
        }
    }
}
