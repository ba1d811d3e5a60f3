/// Whom to trust and how long to wait.
public struct HTTPOptions: Sendable, Hashable {
    /// A file of certificates to trust instead of the system's.
    public var certificates: String?
    /// Whether a server's certificate is taken as it is.
    public var insecure = false
    /// Whether plain HTTP is used with hosts that are not this machine; loopback uses it always.
    public var plainHTTP = false
    /// Seconds until a connection must stand.
    public var connectSeconds = 15
    /// Seconds without a byte after which a transfer has failed.
    public var stallSeconds = 60

    /// The system's trust, HTTPS except on loopback, 15 s to connect and 60 s without a byte.
    public init() {}
}
