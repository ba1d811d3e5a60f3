import CArchive
import Glibc
import TareCore

/// Counts the compressed bytes of files as one tar-like zstd stream: a 512-byte header, then the bytes.
struct ZstdCounter: ~Copyable {
    private let context: OpaquePointer
    private var output = [UInt8](repeating: 0, count: 1 << 18)
    private var input = [UInt8](repeating: 0, count: 1 << 20)
    private var total: Int64 = 0

    init() throws(TareError) {
        guard let context = ZSTD_createCCtx() else {
            throw TareError(.exhausted, subject: "zstd", "cannot make a compressor: no memory")
        }
        self.context = context
        _ = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
    }

    deinit { ZSTD_freeCCtx(context) }

    mutating func add(_ file: String, named path: String, size: Int64) throws(TareError) {
        var header = Array("\(path)\0\(size)".utf8.prefix(512))
        header += [UInt8](repeating: 0, count: 512 - header.count)
        input.replaceSubrange(0..<512, with: header)
        try compress(512, ZSTD_e_continue)
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw TareError(
                errno == EACCES ? .noPermission : .unavailable, subject: file, "cannot read it for compressing",
                errno: errno)
        }
        defer { close(descriptor) }
        while true {
            let count = Glibc.read(descriptor, &input, input.count)
            guard count >= 0 else {
                throw TareError(.unavailable, subject: file, "cannot read it for compressing", errno: errno)
            }
            if count == 0 { return }
            try compress(count, ZSTD_e_continue)
        }
    }

    mutating func finish() throws(TareError) -> ByteCount {
        try compress(0, ZSTD_e_end)
        return ByteCount(total)
    }

    private mutating func compress(_ count: Int, _ mode: ZSTD_EndDirective) throws(TareError) {
        var consumed = 0
        while true {
            var produced = 0
            let left = ZSTD_compressStream2_simpleArgs(
                context, &output, output.count, &produced, input, count, &consumed, mode)
            if ZSTD_isError(left) != 0 {
                throw TareError(.internal, subject: "zstd", String(cString: ZSTD_getErrorName(left)))
            }
            total += Int64(produced)
            if mode == ZSTD_e_end ? left == 0 : consumed == count { return }
        }
    }
}
