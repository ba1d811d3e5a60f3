import Glibc
import TareCore

/// Cuts what comes from a descriptor into lines, with an upper bound on what is kept of one.
struct LineReader {
    private var rest: [UInt8] = []
    private let limit: Int
    /// Whether the other side has closed.
    private(set) var hasEnded = false

    /// Takes the longest line in bytes; of a longer one the beginning is kept.
    init(limit: Int) { self.limit = limit }

    /// Reads once; blocks where nothing is there, so poll before.
    ///
    /// - Parameter descriptor: where to read.
    /// - Returns: the bytes as they came.
    mutating func read(_ descriptor: Int32) -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        var count: Int
        repeat { count = Glibc.read(descriptor, &bytes, bytes.count) } while count < 0 && errno == EINTR
        // A reset (QEMU was killed) ends the stream as its close does.
        if count <= 0 { hasEnded = true }
        let new = bytes[..<max(count, 0)]
        rest.append(contentsOf: new)
        return new
    }

    /// The next whole line without its end, or what is left after the end; `nil` where there is none.
    mutating func next() -> String? {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[..<end]
            let text = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
            rest.removeSubrange(...end)
            return text
        }
        guard rest.count >= limit || (hasEnded && !rest.isEmpty) else { return nil }
        let text = String(decoding: rest, as: UTF8.self)
        rest.removeAll()
        return text
    }
}
