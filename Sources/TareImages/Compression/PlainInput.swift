import TareCore

/// Hands an input on, with bytes in front of it that were read to look at them.
final class PlainInput: ByteInput {
    private let source: any ByteInput
    private var head: [UInt8]
    private var position = 0

    var subject: String { source.subject }

    init(_ source: any ByteInput, after head: [UInt8]) {
        self.source = source
        self.head = head
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        guard position < head.count else { return try source.read(into: buffer) }
        let count = min(buffer.count, head.count - position)
        head.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        position += count
        return count
    }
}

extension Compression {
    /// What is inside `source`, whatever it is packed with; looks at the first bytes, not at a media type.
    ///
    /// - Returns: the inner bytes and how they were packed.
    /// - Throws: what reading throws.
    public static func opened(
        _ source: any ByteInput
    ) throws(TareError) -> (input: any ByteInput, compression: Compression) {
        var head = [UInt8](repeating: 0, count: 8)
        var count = 0
        while count < head.count {
            let got = try Self.piece(&head, from: count, of: source)
            if got == 0 { break }
            count += got
        }
        head.removeLast(head.count - count)
        let whole = PlainInput(source, after: head)
        let compression = head.withUnsafeBytes { Compression(magic: $0) }
        switch compression {
        case .none: return (whole, .none)
        case .gzip: return (try GzipInput(whole), .gzip)
        case .zstd: return (try ZstdInput(whole), .zstd)
        }
    }

    private static func piece(
        _ head: inout [UInt8],
        from start: Int,
        of source: any ByteInput
    ) throws(TareError) -> Int {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: head.count - start, alignment: 1)
        defer { buffer.deallocate() }
        let count = try source.read(into: buffer)
        for place in 0..<count { head[start + place] = buffer[place] }
        return count
    }
}
