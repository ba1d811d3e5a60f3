import FoundationEssentials
import TareCore
import TareLinux

/// Bearer tokens that this server signs and checks itself; they are worth nothing after it has ended.
struct HubTokens: Sendable {
    /// What a token lets its bearer do.
    struct Grant: Codable, Sendable {
        var user: String
        var until: Int64
        /// Repository to actions.
        var access: [String: [String]]
    }

    /// Seconds that a token is good for.
    static let life: Int64 = 300
    private let key: [UInt8]

    /// Draws a key from the kernel.
    init() {
        var source = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &source) }
    }

    func issue(user: String, access: [String: [String]], now: Int64) throws(TareError) -> String {
        let grant = Grant(user: user, until: now + Self.life, access: access)
        let payload = Data(try JSONText.encode(grant, pretty: false).utf8).base64EncodedString()
        return payload + "." + (try mark(payload))
    }

    func read(_ token: String, now: Int64) throws(TareError) -> Grant? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, HubUsers.equal(Array(parts[1].utf8), Array(try mark(parts[0]).utf8)),
            let data = Data(base64Encoded: parts[0]),
            let grant = try? JSONDecoder().decode(Grant.self, from: data), grant.until >= now
        else { return nil }
        return grant
    }

    /// A keyed mark in the shape of RFC 2104, over the inner digest in hexadecimal; nobody else reads it.
    private func mark(_ text: String) throws(TareError) -> String {
        let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
        var inner = try SHA256()
        try inner.update(padded.map { $0 ^ 0x36 })
        try inner.update(Array(text.utf8))
        var outer = try SHA256()
        try outer.update(padded.map { $0 ^ 0x5c })
        let innerHex = try inner.finish().hex
        try outer.update(Array(innerHex.utf8))
        return try outer.finish().hex
    }
}
