import Glibc
import TareCore
import TareLinux

extension StandardInput {
    /// The text, at most `limit` bytes.
    ///
    /// - Throws: `exhausted` where it is longer.
    static func text(limit: Int) throws(TareError) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("cannot read it", subject: "standard input", errno: errno) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
            guard bytes.count <= limit else {
                throw TareError(.exhausted, subject: "standard input", "it is longer than \(limit) bytes")
            }
        }
    }
}
