import Synchronization
import TareCore

/// What a registry wants to see in `Authorization`, learnt from its challenges and kept for the client's life.
final class AccessTokens: Sendable {
    private let headers = Mutex<[String: String]>([:])

    /// The header for some scopes, where one is known already.
    func header(for scopes: [RegistryScope]) -> String? {
        headers.withLock { $0[Self.key(scopes)] ?? $0[""] }
    }

    /// Keeps a header for some scopes; none is for all.
    func keep(_ header: String, for scopes: [RegistryScope]?) {
        headers.withLock { $0[scopes.map(Self.key) ?? ""] = header }
    }

    /// Forgets a header that was refused.
    func forget(_ scopes: [RegistryScope]) {
        headers.withLock {
            $0[Self.key(scopes)] = nil
            $0[""] = nil
        }
    }

    private static func key(_ scopes: [RegistryScope]) -> String {
        scopes.map(\.description).sorted().joined(separator: " ")
    }
}
