import TareCore

/// Bytes that come once, from first to last: a blob, a download, what is inside a compression.
///
/// One reader at a time; it may be handed from one thread to another.
public protocol ByteInput: AnyObject {
    /// What they are, for errors.
    var subject: String { get }
    /// Puts at most `buffer.count` bytes into `buffer`; 0 is the end. May block.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int
}

extension ByteInput {
    /// Fills `buffer` as far as there is something, and says how far.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// All that is left, where it is at most `limit` bytes.
    func all(limit: Int) throws(TareError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
        defer { buffer.deallocate() }
        var bytes: [UInt8] = []
        while true {
            let count = try read(into: buffer)
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else {
                throw TareError(.corrupt, subject: subject, "cannot read it: it is longer than \(limit) bytes")
            }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
