import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import TareCore

/// One request on its way through the hub.
struct HubExchange: Sendable {
    let request: Request
    let route: HubRoute
    let query: HubQuery

    init(_ request: Request) throws(HubFailure) {
        let target = request.head.path ?? "/"
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        route = try HubRoute.read(String(target[..<mark]))
        query = HubQuery(mark == target.endIndex ? "" : target[target.index(after: mark)...])
        self.request = request
    }

    /// A header of the request.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { request.headers[$0] } }

    /// An answer.
    static func answer(
        _ status: Int,
        _ headers: [(name: String, value: String)] = [],
        body: ResponseBody = ResponseBody()
    ) -> Response {
        var fields = HTTPFields()
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        if let name = HTTPField.Name("Docker-Distribution-API-Version") { fields[name] = "registry/2.0" }
        return Response(status: HTTPResponse.Status(code: status), headers: fields, body: body)
    }

    /// An answer with a JSON document.
    static func document(
        _ value: some Encodable,
        status: Int = 200,
        type: String = "application/json",
        headers: [(name: String, value: String)] = []
    ) -> Response {
        let text = (try? JSONText.encode(value, pretty: false)) ?? "{}"
        return answer(
            status,
            [("Content-Type", type)] + headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// Runs store work, which blocks, away from the threads that carry the connections.
    static func blocking<Result: Sendable>(
        _ work: @escaping @Sendable () throws(HubFailure) -> Result
    ) async throws(HubFailure) -> Result {
        let outcome: Swift.Result<Result, HubFailure>
        do {
            outcome = try await NIOThreadPool.singleton.runIfActive {
                do throws(HubFailure) { return .success(try work()) } catch { return .failure(error) }
            }
        } catch {
            throw HubFailure(503, .unknown, "the hub is shutting down")
        }
        return try outcome.get()
    }
}
