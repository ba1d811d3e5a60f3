import Hummingbird
import Logging
import NIOCore
import TareCore

/// The registry server: distribution specification 1.1, with pull, push, content discovery, management and referrers.
///
/// It listens on loopback unless told otherwise, keeps its content in one folder, and takes blobs that nobody names when
/// it starts. SIGTERM and SIGINT end it after the requests that are under way.
public struct HubServer: Sendable {
    private let store: HubStore
    private let options: HubOptions

    /// Opens the store.
    ///
    /// - Parameters:
    ///   - root: the folder of the hub's content; made where there is none.
    ///   - options: address, users, tokens.
    /// - Throws: `unavailable` where another hub has the folder; `TareError` with the errno.
    public init(root: String, options: HubOptions) throws(TareError) {
        store = try HubStore(root)
        self.options = options
    }

    /// Serves until it is told to end.
    ///
    /// - Parameter listening: told the port when connections are accepted.
    /// - Throws: `unavailable` where the address cannot be listened on.
    public func run(listening: @escaping @Sendable (Int) -> Void) async throws(TareError) {
        try store.collect()
        let gate = HubGate(
            users: options.users,
            anonymousPull: options.anonymousPull,
            tokens: options.tokens ? HubTokens() : nil,
            address: "http://\(options.host):\(options.port)"
        )
        var logger = Logger(label: "tare-hub")
        logger.logLevel = .error
        let application = Application(
            responder: HubResponder(store: store, gate: gate),
            configuration: .init(address: .hostname(options.host, port: options.port), serverName: "tare-hub"),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        do {
            try await application.runService()
        } catch {
            throw TareError(
                .unavailable,
                subject: "\(options.host):\(options.port)",
                "cannot serve: \(error)",
                hint: "another server may have the port; choose one with --port"
            )
        }
    }
}
