/// How a hub is run.
public struct HubOptions: Sendable {
    /// The address to listen on; loopback unless told otherwise.
    public var host = "127.0.0.1"
    /// The port; 0 lets the kernel choose one.
    public var port = 5000
    /// Who may use it, or `nil` for everybody.
    public var users: HubUsers?
    /// Whether reading needs no user.
    public var anonymousPull = false
    /// Whether clients are sent for a token instead of being asked for a user with each request.
    public var tokens = false

    /// Loopback, port 5000, everybody.
    public init() {}
}
