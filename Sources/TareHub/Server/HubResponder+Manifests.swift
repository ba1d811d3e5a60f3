import HTTPTypes
import Hummingbird
import NIOCore
import TareCore
import TareOCI

extension HubResponder {
    /// The longest manifest that is taken, in bytes; the specification asks for at least 4 MiB.
    private static var longest: Int { 4 << 20 }

    func manifest(_ reference: String, in name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure)
        -> Response
    {
        let store = store
        let found = try await HubExchange.blocking { () throws(HubFailure) in try store.manifest(reference, in: name) }
        let headers = [
            ("Content-Type", found.mediaType), ("Docker-Content-Digest", found.digest.description),
            ("ETag", "\"\(found.digest)\""),
        ]
        if exchange.request.method == .head {
            return HubExchange.answer(200, headers + [("Content-Length", String(found.bytes.count))])
        }
        return HubExchange.answer(200, headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: found.bytes)))
    }

    func put(_ reference: String, in name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure) -> Response
    {
        let body: ByteBuffer
        do { body = try await exchange.request.body.collect(upTo: Self.longest) } catch {
            throw HubFailure(413, .manifestInvalid, "a manifest has at most \(Self.longest) bytes")
        }
        let bytes = Array(body.readableBytesView)
        let type = exchange.header("Content-Type").map { String($0.prefix { $0 != ";" }) }
        let tags = exchange.query.all("tag")
        let store = store
        let stored = try await HubExchange.blocking { () throws(HubFailure) in
            let stored = try store.store(bytes, type: type, as: reference, tags: tags, in: name)
            return (digest: stored.digest, subject: stored.subject)
        }
        var response = Self.created(stored.digest, at: "/v2/\(name)/manifests/\(stored.digest)")
        if let subject = stored.subject, let field = HTTPField.Name("OCI-Subject") {
            response.headers[field] = subject.description
        }
        if let field = HTTPField.Name("OCI-Tag") {
            for tag in tags { response.headers.append(HTTPField(name: field, value: tag)) }
        }
        return response
    }
}
