import TareCore

/// Bytes that come once, from first to last.
protocol ByteInput: AnyObject {
    /// What they are, for errors.
    var subject: String { get }
    /// Puts at most `buffer.count` bytes into `buffer`; 0 is the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int
    /// Leaves out at most `count` bytes without reading them, and says how many; 0 where it cannot.
    func skip(_ count: Int64) -> Int64
}

extension ByteInput {
    func skip(_ count: Int64) -> Int64 { 0 }

    /// All that is left, where it is at most `limit` bytes.
    func all(limit: Int) throws(TareError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
        defer { buffer.deallocate() }
        var bytes: [UInt8] = []
        while true {
            let count = try read(into: buffer)
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw .corrupt(subject, "it is longer than \(limit) bytes") }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
