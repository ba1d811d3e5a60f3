import HTTPTypes
import Hummingbird
import TareCore

/// Answers the requests of the distribution specification 1.1.
struct HubResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let store: HubStore
    let gate: HubGate

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        do throws(HubFailure) {
            let exchange = try HubExchange(request)
            if exchange.route == .token { return try await gate.token(exchange) }
            try await gate.check(exchange)
            return try await route(exchange)
        } catch {
            // The message may be what a HEAD asked for; its answer has no body.
            guard request.method == .head else { return error.answer }
            return HubExchange.answer(error.status, error.headers)
        }
    }

    private func route(_ exchange: HubExchange) async throws(HubFailure) -> Response {
        let method = exchange.request.method
        switch (exchange.route, method) {
        case (.version, .get), (.version, .head):
            return HubExchange.answer(
                200, [("Content-Type", "application/json")], body: .init(byteBuffer: .init(string: "{}")))
        case (.catalogue, .get): return try await catalogue(exchange)
        case (.tags(let name), .get): return try await tags(of: name, exchange)
        case (.referrers(let name, let subject), .get): return try await referrers(to: subject, in: name, exchange)
        case (.blob(let name, let digest), .get), (.blob(let name, let digest), .head):
            return try await blob(digest, in: name, exchange)
        case (.blob(let name, let digest), .delete):
            let store = store
            try await HubExchange.blocking { () throws(HubFailure) in try store.remove(blob: digest, from: name) }
            return HubExchange.answer(202)
        case (.manifest(let name, let reference), .get), (.manifest(let name, let reference), .head):
            return try await manifest(reference, in: name, exchange)
        case (.manifest(let name, let reference), .put): return try await put(reference, in: name, exchange)
        case (.manifest(let name, let reference), .delete):
            let store = store
            try await HubExchange.blocking { () throws(HubFailure) in try store.remove(manifest: reference, from: name)
            }
            return HubExchange.answer(202)
        case (.uploads(let name), .post): return try await beginUpload(in: name, exchange)
        case (.upload(let name, let id), .patch): return try await patch(id, in: name, exchange)
        case (.upload(let name, let id), .put): return try await finish(id, in: name, exchange)
        case (.upload(let name, let id), .get), (.upload(let name, let id), .head):
            return try await status(id, in: name)
        case (.upload(let name, let id), .delete): return try await cancel(id, in: name)
        default: throw HubFailure(405, .unsupported, "\(method.rawValue) does nothing here")
        }
    }
}
