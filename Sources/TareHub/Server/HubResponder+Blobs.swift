import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import TareCore
import TareImages
import TareOCI

extension HubResponder {
    /// The bytes that are read and sent at a time.
    private static var piece: Int { 256 << 10 }

    func blob(_ digest: HubDigest, in name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure)
        -> Response
    {
        let store = store
        let reader = try await HubExchange.blocking { () throws(HubFailure) in try store.open(blob: digest, in: name) }
        var headers = [
            ("Content-Type", "application/octet-stream"), ("Docker-Content-Digest", digest.description),
            ("Accept-Ranges", "bytes"), ("ETag", "\"\(digest)\""),
        ]
        if exchange.request.method == .head {
            headers.append(("Content-Length", String(reader.length)))
            return HubExchange.answer(200, headers)
        }
        switch ByteRange.read(exchange.header("Range"), length: reader.length) {
        case .unsatisfiable:
            throw HubFailure(
                416,
                .sizeInvalid,
                "the blob has \(reader.length) bytes",
                headers: [("Content-Range", "bytes */\(reader.length)")]
            )
        case .whole: return HubExchange.answer(200, headers, body: Self.body(reader, 0..<reader.length))
        case .part(let range):
            headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(reader.length)"))
            return HubExchange.answer(206, headers, body: Self.body(reader, range))
        }
    }

    private static func body(_ reader: BlobReader, _ range: Range<Int64>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            var at = range.lowerBound
            while at < range.upperBound {
                let start = at
                let room = Int(min(Int64(piece), range.upperBound - start))
                let buffer = try await NIOThreadPool.singleton.runIfActive {
                    var buffer = ByteBufferAllocator().buffer(capacity: room)
                    _ = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { bytes in
                        try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<room]), at: start)
                    }
                    return buffer
                }
                guard buffer.readableBytes > 0 else {
                    throw HubFailure(500, .unknown, "the blob ends before its length")
                }
                at += Int64(buffer.readableBytes)
                try await writer.write(buffer)
            }
            try await writer.finish(nil)
        }
    }
}
