import HTTPTypes
import Hummingbird
import NIOCore
import TareCore
import TareImages
import TareOCI

extension HubResponder {
    func beginUpload(in name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure) -> Response {
        let store = store
        if let text = exchange.query["mount"] {
            guard let digest = HubDigest(text) else {
                throw HubFailure(400, .digestInvalid, "not a sha256 digest: \(text)")
            }
            if let other = exchange.query["from"].flatMap({ RepositoryName($0) }),
                try await gate.mayRead(other, exchange)
            {
                let mounted = try await HubExchange.blocking { () throws(HubFailure) in
                    try store.mount(digest, from: other, into: name)
                }
                if mounted { return Self.created(digest, at: "/v2/\(name)/blobs/\(digest)") }
            }
        }
        let promised: HubDigest?
        if let text = exchange.query["digest"] {
            guard let digest = HubDigest(text) else {
                throw HubFailure(400, .digestInvalid, "not a sha256 digest: \(text)")
            }
            promised = digest
        } else {
            promised = nil
        }
        let upload = try await HubExchange.blocking { () throws(HubFailure) in try store.beginUpload(in: name) }
        guard let promised else { return Self.standing(202, upload, in: name) }
        try upload.begin()
        defer { upload.end() }
        try await take(exchange, into: upload)
        try await HubExchange.blocking { () throws(HubFailure) in try store.finish(upload, digest: promised, in: name) }
        return Self.created(promised, at: "/v2/\(name)/blobs/\(promised)")
    }

    func patch(_ id: String, in name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure) -> Response {
        let upload = try await find(id, in: name)
        try upload.begin()
        defer { upload.end() }
        try Self.checkRange(exchange, upload, in: name)
        try await take(exchange, into: upload)
        return Self.standing(202, upload, in: name)
    }

    func finish(_ id: String, in name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure) -> Response {
        guard let digest = exchange.query["digest"].flatMap({ HubDigest($0) }) else {
            throw HubFailure(400, .digestInvalid, "an upload is closed with ?digest=sha256:...")
        }
        let upload = try await find(id, in: name)
        try upload.begin()
        defer { upload.end() }
        try Self.checkRange(exchange, upload, in: name)
        try await take(exchange, into: upload)
        let store = store
        try await HubExchange.blocking { () throws(HubFailure) in try store.finish(upload, digest: digest, in: name) }
        return Self.created(digest, at: "/v2/\(name)/blobs/\(digest)")
    }

    func status(_ id: String, in name: RepositoryName) async throws(HubFailure) -> Response {
        Self.standing(204, try await find(id, in: name), in: name)
    }

    func cancel(_ id: String, in name: RepositoryName) async throws(HubFailure) -> Response {
        let store = store
        let upload = try await find(id, in: name)
        try upload.begin()
        defer { upload.end() }
        try await HubExchange.blocking { () throws(HubFailure) in try store.cancel(upload, in: name) }
        return HubExchange.answer(204)
    }

    private func find(_ id: String, in name: RepositoryName) async throws(HubFailure) -> HubUpload {
        let store = store
        return try await HubExchange.blocking { () throws(HubFailure) in try store.upload(id, in: name) }
    }

    /// Takes the body in as it comes; what has come stays when the connection breaks.
    private func take(_ exchange: HubExchange, into upload: HubUpload) async throws(HubFailure) {
        let ingest = upload.ingest
        let start = ingest.offset
        do {
            for try await buffer in exchange.request.body {
                try await HubExchange.blocking { () throws(HubFailure) in
                    try HubStore.internally { () throws(TareError) in
                        var failure: TareError?
                        buffer.withUnsafeReadableBytes { bytes in
                            do throws(TareError) { try ingest.write(bytes) } catch { failure = error }
                        }
                        if let failure { throw failure }
                    }
                }
            }
        } catch let error as HubFailure {
            throw error
        } catch {
            throw HubFailure(400, .blobUploadInvalid, "the body broke off: \(error)")
        }
        guard let length = exchange.header("Content-Length").flatMap(Int64.init) else { return }
        guard ingest.offset - start == length else {
            throw HubFailure(
                400, .sizeInvalid, "the body has \(ingest.offset - start) bytes, not the \(length) announced")
        }
    }

    /// A piece must begin where the upload stands.
    private static func checkRange(_ exchange: HubExchange, _ upload: HubUpload, in name: RepositoryName)
        throws(HubFailure)
    {
        guard let text = exchange.header("Content-Range") else { return }
        let bare = text.hasPrefix("bytes ") ? String(text.dropFirst(6)) : text
        let sides = bare.prefix { $0 != "/" }.split(separator: "-", omittingEmptySubsequences: false)
        guard sides.count == 2, let first = Int64(sides[0]), let last = Int64(sides[1]), first <= last + 1 else {
            throw HubFailure(
                416, .blobUploadInvalid, "not a range: \(text)", headers: standingHeaders(upload, in: name))
        }
        let offset = upload.ingest.offset
        guard first == offset else {
            let words = "the next byte is \(offset), not \(first)"
            throw HubFailure(416, .blobUploadInvalid, words, headers: standingHeaders(upload, in: name))
        }
        if let length = exchange.header("Content-Length").flatMap(Int64.init), length != last - first + 1 {
            throw HubFailure(400, .sizeInvalid, "Content-Range and Content-Length differ: \(text), \(length)")
        }
    }

    private static func standingHeaders(_ upload: HubUpload, in name: RepositoryName) -> [(name: String, value: String)]
    {
        [
            ("Location", "/v2/\(name)/blobs/uploads/\(upload.id)"), ("Docker-Upload-UUID", upload.id),
            ("Range", "0-\(max(upload.ingest.offset - 1, 0))"),
        ]
    }

    private static func standing(_ status: Int, _ upload: HubUpload, in name: RepositoryName) -> Response {
        HubExchange.answer(status, standingHeaders(upload, in: name))
    }

    static func created(_ digest: HubDigest, at location: String) -> Response {
        HubExchange.answer(201, [("Location", location), ("Docker-Content-Digest", digest.description)])
    }
}
