import FoundationEssentials

/// A user's name and secret for one registry.
public struct RegistryCredentials: Sendable, Hashable {
    /// The name.
    public var user: String
    /// The password or access token.
    public var secret: String

    /// Takes a name and a secret.
    public init(user: String, secret: String) {
        self.user = user
        self.secret = secret
    }

    /// The value of an `Authorization` header of RFC 7617.
    var basicHeader: String { "Basic " + Data("\(user):\(secret)".utf8).base64EncodedString() }
}
