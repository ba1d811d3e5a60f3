import CArchive
import TareCore

/// What is inside zstd; frames may follow each other, and skippable ones are passed over.
final class ZstdInput: ByteInput {
    private let source: any ByteInput
    private let context: OpaquePointer
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4096)
    private var filled = 0
    private var position = 0
    private var sourceEnded = false
    private var isInsideFrame = false

    var subject: String { source.subject }

    init(_ source: any ByteInput) throws(TareError) {
        self.source = source
        guard let context = ZSTD_createDCtx() else {
            throw TareError(.exhausted, subject: source.subject, "cannot unpack zstd: no memory")
        }
        self.context = context
    }

    deinit {
        ZSTD_freeDCtx(context)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        guard !buffer.isEmpty else { return 0 }
        var out = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while out.pos < out.size {
            if position == filled, !sourceEnded {
                filled = try source.read(into: input)
                position = 0
                sourceEnded = filled == 0
            }
            if sourceEnded, !isInsideFrame { break }
            var data = ZSTD_inBuffer(src: input.baseAddress, size: filled, pos: position)
            let before = out.pos
            let status = ZSTD_decompressStream(context, &out, &data)
            guard ZSTD_isError(status) == 0 else {
                throw TareError(
                    .corrupt, subject: subject,
                    "cannot unpack zstd: \(String(cString: ZSTD_getErrorName(status)))", hint: "fetch it again")
            }
            isInsideFrame = status != 0
            if sourceEnded, isInsideFrame, out.pos == before {
                throw TareError(
                    .corrupt, subject: subject, "cannot unpack zstd: the data end in the middle",
                    hint: "fetch it again")
            }
            position = data.pos
        }
        return out.pos
    }
}
