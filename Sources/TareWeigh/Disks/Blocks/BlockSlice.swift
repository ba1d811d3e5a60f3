import TareCore

/// A part of a device: a partition.
struct BlockSlice: BlockSource {
    private let whole: any BlockSource
    private let start: Int64
    let length: Int64

    /// The `length` bytes from `start`; `nil` where they are not inside `whole`.
    init?(_ whole: any BlockSource, start: Int64, length: Int64) {
        guard start >= 0, length > 0, start <= whole.length, length <= whole.length - start else { return nil }
        self.whole = whole
        self.start = start
        self.length = length
    }

    var subject: String { whole.subject }
    var hostAllocated: Int64 { whole.hostAllocated }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) {
        guard offset >= 0, offset <= length, Int64(buffer.count) <= length - offset else {
            throw .corrupt(subject, "bytes \(offset)+\(buffer.count) are outside the partition's \(length) bytes")
        }
        try whole.read(into: buffer, at: start + offset)
    }
}
