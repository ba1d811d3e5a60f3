import CTareHTTP
import Synchronization
import TareCore

/// Connections that wait to be used again; as many are open as requests ran at once.
final class HTTPPool: Sendable {
    private struct Idle: @unchecked Sendable {
        // Handles in the list belong to the pool alone; libcurl lets another thread take an idle one over.
        var handles: [UnsafeMutableRawPointer] = []
    }

    private let idle = Mutex(Idle())

    deinit { idle.withLock { $0.handles.forEach(tare_http_close) } }

    /// Runs `body` with a connection, which goes back to the pool unless the exchange broke.
    func withConnection<Result>(
        _ body: (borrowing HTTPConnection) throws(HTTPFailure) -> Result
    ) throws(HTTPFailure) -> Result {
        let connection = try take()
        let result = try body(connection)
        let handle = connection.release()
        idle.withLock { $0.handles.append(handle) }
        return result
    }

    private func take() throws(HTTPFailure) -> HTTPConnection {
        if let handle = idle.withLock({ $0.handles.popLast() }) { return HTTPConnection(taking: handle) }
        return try HTTPConnection()
    }
}
