import Glibc
import Subprocess
import TareCore
import TareImages
import TareLinux

/// Archives that ADD unpacks: tar, plain or packed by gzip, bzip2, xz or zstd, known by their first bytes.
enum Archive {
    /// The bytes of a plain tar.
    final class Input: ByteInput {
        let subject: String
        private let file: OwnedFileDescriptor

        init(_ path: String) throws(TareError) {
            subject = path
            file = try OwnedFileDescriptor(opening: path)
        }

        func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int { try file.read(into: buffer) }
    }

    private static let programs: [(magic: [UInt8], program: String)] = [
        ([0x1f, 0x8b], "gzip"), ([0x42, 0x5a, 0x68], "bzip2"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz"),
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd"),
    ]

    /// The path of the plain tar: the file itself, or what its program makes of it in `folder`; `nil` for no tar.
    static func plainTar(_ path: String, in folder: String) async throws(TareError) -> String? {
        let head = try head(of: path)
        guard let known = programs.first(where: { head.starts(with: $0.magic) }) else {
            return isTar(head) ? path : nil
        }
        let plain = folder + "/plain.tar"
        let script = "\(known.program) -dc <\"$1\" >\"$2\""
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", script, "unpack", path, plain],
                environment: .custom(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]), output: .discarded, error: .discarded)
            guard result.terminationStatus.isSuccess else { return nil }
        } catch {
            throw TareError(.unavailable, subject: known.program, "cannot unpack the archive: \(error)")
        }
        return isTar(try self.head(of: plain)) ? plain : nil
    }

    private static func head(of path: String) throws(TareError) -> [UInt8] {
        let file = try OwnedFileDescriptor(opening: path)
        var head = [UInt8](repeating: 0, count: 512)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 8)
        defer { buffer.deallocate() }
        let count = try file.read(into: buffer, at: 0)
        head = Array(buffer[..<count])
        return head
    }

    private static func isTar(_ head: [UInt8]) -> Bool {
        head.count == 512 && Array(head[257..<262]) == Array("ustar".utf8)
    }
}
