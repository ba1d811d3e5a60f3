import CArchive
import TareCore

/// Counts the compressed bytes of files as one tar-like zstd stream: a 512-byte header, then the bytes.
struct ZstdCounter: ~Copyable {
    /// The compression level.
    static let level: Int32 = 3
    private let context: OpaquePointer
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
    private var total: Int64 = 0

    init() throws(TareError) {
        guard let context = ZSTD_createCCtx() else {
            output.deallocate()
            throw TareError(.exhausted, subject: "zstd", "cannot make a compressor: no memory")
        }
        self.context = context
        _ = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
    }

    deinit {
        ZSTD_freeCCtx(context)
        output.deallocate()
    }

    /// Begins a file.
    mutating func begin(_ path: String, size: Int64) throws(TareError) {
        var header = Array("\(path)\0\(size)".utf8.prefix(512))
        header += [UInt8](repeating: 0, count: 512 - header.count)
        var failure: TareError?
        header.withUnsafeBytes { bytes in
            do throws(TareError) { try compress(bytes, ZSTD_e_continue) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Adds bytes of the file.
    mutating func add(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        if !bytes.isEmpty { try compress(bytes, ZSTD_e_continue) }
    }

    /// Ends the stream: its length; the counter can then begin the next one.
    mutating func finish() throws(TareError) -> Int64 {
        try compress(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end)
        defer { total = 0 }
        return total
    }

    private mutating func compress(
        _ bytes: UnsafeRawBufferPointer, _ mode: ZSTD_EndDirective
    ) throws(TareError) {
        var consumed = 0
        while true {
            var produced = 0
            let left = ZSTD_compressStream2_simpleArgs(
                context, output.baseAddress, output.count, &produced, bytes.baseAddress, bytes.count, &consumed, mode)
            if ZSTD_isError(left) != 0 {
                throw TareError(.internal, subject: "zstd", String(cString: ZSTD_getErrorName(left)))
            }
            total += Int64(produced)
            if mode == ZSTD_e_end ? left == 0 : consumed == bytes.count { return }
        }
    }
}
