import CArchive
import TareCore
import TareLinux

/// Packs bytes and hands them on, with the digests of both sides.
final class PackedOutput: ByteOutput {
    private let target: any ByteOutput
    private var inner: SHA256?
    private var outer: SHA256?
    private let packer: Packer
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
    /// Bytes that came in.
    private(set) var plainSize: Int64 = 0
    /// Bytes that went out.
    private(set) var packedSize: Int64 = 0
    private(set) var plainDigest: Digest?
    private(set) var packedDigest: Digest?

    private enum Packer {
        case none
        case gzip(UnsafeMutablePointer<z_stream>)
        case zstd(OpaquePointer)
    }

    init(_ target: any ByteOutput, _ options: LayerOptions) throws(TareError) {
        self.target = target
        inner = try SHA256()
        outer = try SHA256()
        switch options.compression {
        case .none: packer = .none
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            // Window bits of 15 + 16: a gzip header, which zlib fills with no name and no time.
            let status = deflateInit2_(
                stream, Int32(options.level ?? 6), Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size))
            guard status == Z_OK else {
                stream.deallocate()
                throw TareError(.invalid, subject: "gzip", "cannot pack with level \(options.level ?? 6)")
            }
            packer = .gzip(stream)
        case .zstd:
            guard let context = ZSTD_createCCtx() else {
                throw TareError(.exhausted, subject: "zstd", "cannot pack: no memory")
            }
            ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(options.level ?? 3))
            ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
            packer = .zstd(context)
        }
    }

    deinit {
        switch packer {
        case .none: break
        case .gzip(let stream):
            deflateEnd(stream)
            stream.deallocate()
        case .zstd(let context): ZSTD_freeCCtx(context)
        }
        buffer.deallocate()
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        guard !bytes.isEmpty else { return }
        try inner?.update(bytes)
        plainSize += Int64(bytes.count)
        try pack(bytes, isLast: false)
    }

    func finish() throws(TareError) {
        try pack(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
        try target.finish()
        if let hash = inner.take() { plainDigest = try hash.finish() }
        if let hash = outer.take() { packedDigest = try hash.finish() }
    }

    private func emit(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        try outer?.update(bytes)
        packedSize += Int64(bytes.count)
        try target.write(bytes)
    }

    private func pack(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(TareError) {
        switch packer {
        case .none: if !bytes.isEmpty { try emit(bytes) }
        case .gzip(let stream):
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(bytes.count)
            repeat {
                stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(buffer.count)
                let status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                guard status != Z_STREAM_ERROR else { throw TareError(.internal, subject: "gzip", "cannot pack") }
                let count = buffer.count - Int(stream.pointee.avail_out)
                if count > 0 { try emit(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            } while stream.pointee.avail_out == 0
        case .zstd(let context):
            var data = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            while true {
                var out = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                let left = ZSTD_compressStream2(context, &out, &data, isLast ? ZSTD_e_end : ZSTD_e_continue)
                guard ZSTD_isError(left) == 0 else { throw TareError(.internal, subject: "zstd", "cannot pack") }
                if out.pos > 0 { try emit(UnsafeRawBufferPointer(rebasing: buffer[..<out.pos])) }
                if isLast ? left == 0 : data.pos == data.size { return }
            }
        }
    }
}
