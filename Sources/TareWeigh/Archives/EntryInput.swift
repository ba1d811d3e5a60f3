import TareCore

/// The bytes of an archive's current entry, or of a compressed stream that holds no archive.
final class EntryInput: ByteInput {
    let subject: String
    private let stream: ArchiveStream

    /// Reads the entry that `stream` stands at.
    init(_ stream: ArchiveStream, subject: String) {
        self.stream = stream
        self.subject = subject
    }

    /// Undoes the compression of `packed`, if there is any.
    init(unpacking packed: any ByteInput) throws(TareError) {
        subject = packed.subject
        stream = try ArchiveStream(packed, format: .bytes)
        _ = try stream.next()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int { try stream.read(into: buffer) }
}
