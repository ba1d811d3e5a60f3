import TareCore
import TareLinux

/// Passes bytes on and checks at their end that they have the promised digest and length.
final class VerifiedInput: ByteInput {
    private let source: any ByteInput
    private let digest: Digest
    private let length: Int64?
    private var hash: SHA256?
    private var count: Int64 = 0

    var subject: String { source.subject }

    init(_ source: any ByteInput, digest: Digest, length: Int64?) throws(TareError) {
        self.source = source
        self.digest = digest
        self.length = length
        hash = try SHA256()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        let got = try source.read(into: buffer)
        try hash?.update(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
        count += Int64(got)
        if let length, count > length { throw mismatch("it is longer than the \(length) bytes that are promised") }
        return got
    }

    /// Reads to the end and compares.
    func finish() throws(TareError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while try read(into: buffer) > 0 {}
        guard let hash = hash.take() else { return }
        if let length, count != length { throw mismatch("it has \(count) of \(length) bytes") }
        let found = try hash.finish()
        guard found == digest else { throw mismatch("its digest is \(found)") }
    }

    private func mismatch(_ text: String) -> TareError {
        TareError(.corrupt, subject: subject, "cannot use blob \(digest): \(text)", hint: "copy the image again")
    }
}
