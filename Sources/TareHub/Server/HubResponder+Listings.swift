import Hummingbird
import TareCore
import TareOCI

extension HubResponder {
    func tags(of name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure) -> Response {
        struct Document: Encodable {
            var name: String
            var tags: [String]
        }
        let store = store
        let all = try await HubExchange.blocking { () throws(HubFailure) in try store.tags(of: name) }
        let (page, next) = try Self.page(of: all, exchange, path: "/v2/\(name)/tags/list")
        return HubExchange.document(Document(name: name.description, tags: page), headers: next)
    }

    func catalogue(_ exchange: HubExchange) async throws(HubFailure) -> Response {
        struct Document: Encodable { var repositories: [String] }
        let store = store
        let all = try await HubExchange.blocking { () throws(HubFailure) in
            try HubStore.internally { () throws(TareError) in try store.repositories().map(\.description) }
        }
        let (page, next) = try Self.page(of: all, exchange, path: "/v2/_catalog")
        return HubExchange.document(Document(repositories: page), headers: next)
    }

    func referrers(
        to subject: HubDigest,
        in name: RepositoryName,
        _ exchange: HubExchange
    ) async throws(HubFailure) -> Response {
        let store = store
        let type = exchange.query["artifactType"]
        let found = try await HubExchange.blocking { () throws(HubFailure) in
            try store.referrers(to: subject, type: type, in: name)
        }
        let applied = type == nil ? [] : [("OCI-Filters-Applied", "artifactType")]
        struct Document: Encodable {
            var schemaVersion = 2
            var mediaType = MediaType.index.rawValue
            var manifests: [HubDescriptor]
        }
        return HubExchange.document(Document(manifests: found), type: MediaType.index.rawValue, headers: applied)
    }

    /// The part of a sorted list that `n` and `last` ask for, and the `Link` to the next one.
    private static func page(
        of all: [String],
        _ exchange: HubExchange,
        path: String
    ) throws(HubFailure) -> (page: [String], headers: [(name: String, value: String)]) {
        var rest = all[...]
        if let last = exchange.query["last"] {
            rest = rest.drop { !last.utf8.lexicographicallyPrecedes($0.utf8) }
        }
        guard let text = exchange.query["n"] else { return (Array(rest), []) }
        guard let count = Int(text), count >= 0 else {
            throw HubFailure(400, .unsupported, "n is a whole number from 0 on, not \(text)")
        }
        let page = Array(rest.prefix(count))
        guard let last = page.last, page.count < rest.count else { return (page, []) }
        return (page, [("Link", "<\(path)?n=\(count)&last=\(last)>; rel=\"next\"")])
    }
}
