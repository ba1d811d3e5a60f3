import Glibc
import Synchronization

/// Stands between a client and a server on loopback and cuts connections: a transfer that breaks off for real.
///
/// Each of the next `cuts` connections that carries more than `after` bytes in one direction is reset there. A thread
/// a direction; what is left of them ends with their sockets.
public final class CuttingProxy: Sendable {
    /// Where clients connect.
    public let port: UInt16
    private let listener: Int32
    private let plan: Mutex<Plan>

    private struct Plan {
        var cuts: Int
        var after: Int
        var happened = 0
        var carried = 0
    }

    /// Listens on a free port.
    ///
    /// - Parameters:
    ///   - server: the port of the real server.
    ///   - cuts: how many connections to cut.
    ///   - after: the bytes that pass before the cut.
    public init?(server: UInt16, cuts: Int, after: Int) {
        plan = Mutex(Plan(cuts: cuts, after: after))
        port = freeLoopbackPort()
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, listen(listener, 64) == 0 else { return nil }
        Self.thread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                let upstream = connectLoopback(port: server)
                guard upstream >= 0 else {
                    close(client)
                    continue
                }
                let ends = Ends(client: client, upstream: upstream)
                Self.thread { self.copy(from: client, to: upstream, ends) }
                Self.thread { self.copy(from: upstream, to: client, ends) }
            }
        }
    }

    deinit { close(listener) }

    /// Stops listening.
    public func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// How many connections were cut, and the bytes that passed in both directions.
    public var counts: (cuts: Int, bytes: Int) { plan.withLock { ($0.happened, $0.carried) } }

    private final class Ends: Sendable {
        let client: Int32
        let upstream: Int32
        init(client: Int32, upstream: Int32) {
            self.client = client
            self.upstream = upstream
        }
        func reset() {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(upstream, Int32(SHUT_RDWR))
        }
        deinit {
            close(client)
            close(upstream)
        }
    }

    private func copy(from: Int32, to: Int32, _ ends: Ends) {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        var passed = 0
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            passed += count
            let cut = plan.withLock { plan in
                plan.carried += count
                guard plan.happened < plan.cuts, passed > plan.after else { return false }
                plan.happened += 1
                return true
            }
            if cut { return ends.reset() }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let step = rest.withUnsafeBytes { send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard step > 0 else { return ends.reset() }
                rest = rest.dropFirst(step)
            }
        }
        shutdown(to, Int32(SHUT_WR))
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var id = pthread_t()
        let context = Unmanaged.passRetained(Box(body)).toOpaque()
        let failed = pthread_create(
            &id, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
                return nil
            }, context)
        if failed == 0 { pthread_detach(id) }
    }
}
