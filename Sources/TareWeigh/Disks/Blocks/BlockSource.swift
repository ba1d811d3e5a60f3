import TareCore

/// The bytes of a block device, whatever they are kept in: a raw file, a qcow2 disk, a partition of either.
///
/// Sources only read, and from several threads at once.
protocol BlockSource: Sendable {
    /// The file that it is read from, for errors.
    var subject: String { get }
    /// The device's size in bytes.
    var length: Int64 { get }
    /// Bytes of the blocks that its files take on the host.
    var hostAllocated: Int64 { get }
    /// Fills all of `buffer` with the bytes from `offset`; `corrupt` where they are not all there.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError)
}

extension BlockSource {
    /// The `count` bytes at `offset`; `what` they are goes into the error.
    func bytes(at offset: Int64, count: Int, what: String) throws(TareError) -> [UInt8] {
        let (end, overflow) = offset.addingReportingOverflow(Int64(count))
        guard offset >= 0, count >= 0, !overflow, end <= length else {
            throw .corrupt(subject, "\(what): bytes \(offset)+\(count) are outside its \(length) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        var failure: TareError?
        bytes.withUnsafeMutableBytes { buffer in
            do throws(TareError) { try read(into: buffer, at: offset) } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }

    /// The block at `offset`, to be read field by field.
    func fields(at offset: Int64, count: Int, what: String) throws(TareError) -> Fields {
        Fields(bytes: try bytes(at: offset, count: count, what: what), subject: subject, what: what)
    }
}

extension TareError {
    /// Stored data that are not what they should be.
    static func corrupt(_ subject: String, _ what: String) -> TareError {
        TareError(.corrupt, subject: subject, "cannot read it for weighing: \(what)")
    }
}
