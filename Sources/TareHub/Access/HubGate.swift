import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import TareCore
import TareOCI

/// Who may do what: everybody everything where no users are set, else users by Basic or by a token got with it.
struct HubGate: Sendable {
    /// The users, or `nil` where everybody may do everything.
    let users: HubUsers?
    /// Whether reading needs no user.
    let anonymousPull: Bool
    /// Where tokens are signed, or `nil` where only Basic is asked for.
    let tokens: HubTokens?
    /// How clients reach this server: `http://127.0.0.1:5000`.
    let address: String

    /// Throws 401 with a challenge where the request has not what it needs.
    func check(_ exchange: HubExchange) async throws(HubFailure) {
        guard users != nil else { return }
        let action = Self.action(exchange)
        if anonymousPull, action == "pull", exchange.route.repository != nil { return }
        guard try await may(action, in: exchange.route.repository, exchange) else { throw challenge(exchange, action) }
    }

    /// Whether the request's sender may read another repository, to mount a blob from it.
    func mayRead(_ name: RepositoryName, _ exchange: HubExchange) async throws(HubFailure) -> Bool {
        guard users != nil, !anonymousPull else { return true }
        return try await may("pull", in: name, exchange)
    }

    private func may(_ action: String, in name: RepositoryName?, _ exchange: HubExchange) async throws(HubFailure)
        -> Bool
    {
        guard let header = exchange.header("Authorization") else { return false }
        if header.lowercased().hasPrefix("basic ") { return try await user(header) != nil }
        guard let tokens, header.lowercased().hasPrefix("bearer ") else { return false }
        let read = try? tokens.read(String(header.dropFirst(7)), now: Int64(time(nil)))
        guard let grant = read else { return false }
        guard let name else { return true }
        return grant.access[name.description]?.contains(action) == true
    }

    /// The user of a Basic header, where the secret is right.
    private func user(_ header: String) async throws(HubFailure) -> String? {
        guard let users, let data = Data(base64Encoded: String(header.dropFirst(6))) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let user = String(text[..<colon])
        let secret = String(text[text.index(after: colon)...])
        return try await HubExchange.blocking { users.accepts(user, secret) } ? user : nil
    }

    /// Answers a client that wants a token: the token protocol of the distribution project.
    func token(_ exchange: HubExchange) async throws(HubFailure) -> Response {
        struct Document: Encodable {
            var token: String
            var access_token: String
            var expires_in: Int64
        }
        guard let tokens else { throw HubFailure(404, .unsupported, "this hub gives no tokens") }
        var name = ""
        if let header = exchange.header("Authorization") {
            guard let user = try await user(header) else {
                throw HubFailure(401, .unauthorized, "wrong user or secret")
            }
            name = user
        }
        var access: [String: [String]] = [:]
        for scope in exchange.query.all("scope").flatMap({ $0.split(separator: " ") }) {
            let parts = scope.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 3, parts[0] == "repository" else { continue }
            let asked = parts[parts.count - 1].split(separator: ",").map(String.init)
            let granted = name.isEmpty ? asked.filter { $0 == "pull" && anonymousPull } : asked
            access[parts[1..<parts.count - 1].joined(separator: ":"), default: []] += granted
        }
        if name.isEmpty, access.values.allSatisfy(\.isEmpty) {
            throw HubFailure(401, .unauthorized, "a user is needed")
        }
        let text = try HubStore.internally { () throws(TareError) in
            try tokens.issue(user: name, access: access, now: Int64(time(nil)))
        }
        return HubExchange.document(Document(token: text, access_token: text, expires_in: HubTokens.life))
    }

    private func challenge(_ exchange: HubExchange, _ action: String) -> HubFailure {
        var text = "Basic realm=\"tare hub\""
        if tokens != nil {
            text = "Bearer realm=\"\(address)/token\",service=\"tare-hub\""
            if let name = exchange.route.repository { text += ",scope=\"repository:\(name):\(action)\"" }
        }
        return HubFailure(401, .unauthorized, "a user is needed", headers: [("WWW-Authenticate", text)])
    }

    private static func action(_ exchange: HubExchange) -> String {
        switch exchange.request.method {
        case .get, .head: "pull"
        case .delete where exchange.route.repository != nil:
            if case .upload = exchange.route { "push" } else { "delete" }
        default: "push"
        }
    }
}
