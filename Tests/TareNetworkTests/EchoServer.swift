import Glibc
import TareCore
import TareLinux
import TareTestSupport

@testable import TareNetwork

/// A real server with a real socket inside a namespace.
///
/// It answers each connection, or datagram, with its name and the address of whoever asked.
final class EchoServer: Sendable {
    private let raw: Int32
    private let answer: String
    private let transport: TransportProtocol
    private let thread: ServerThread

    init(
        namespace: String,
        address: IPAddress? = nil,
        port: UInt16,
        transport: TransportProtocol = .tcp,
        answer: String
    ) throws {
        raw = try NetworkNamespace(opening: namespace).run { () throws(TareError) in
            let address = address ?? .anyIPv6
            let kind = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
            let raw = socket(Int32(address.family), Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var one: Int32 = 1
            setsockopt(raw, SOL_SOCKET, SO_REUSEADDR, &one, 4)
            let bound = SocketAddress.with(address, port) { bind(raw, $0, $1) }
            guard bound == 0, transport == .udp || listen(raw, 64) == 0 else {
                throw .system("cannot listen", subject: "\(port)", errno: errno)
            }
            return raw
        }
        self.answer = answer
        self.transport = transport
        let raw = raw
        thread = ServerThread { EchoServer.loop(raw, transport, answer) }
    }

    func stop() {
        shutdown(raw, Int32(SHUT_RDWR))
        // A datagram socket without a peer is not woken by that: it has a short time limit instead.
        thread.end()
        close(raw)
    }

    private static func loop(_ raw: Int32, _ transport: TransportProtocol, _ answer: String) {
        var limit = timeval(tv_sec: 0, tv_usec: 200_000)
        setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        while !ServerThread.isOver {
            var peer = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                    if transport == .tcp {
                        let connection = accept(raw, peer, &length)
                        if connection < 0 { return }
                        let text = "\(answer) \(name(of: peer))"
                        _ = send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
                        close(connection)
                    } else {
                        var buffer = [UInt8](repeating: 0, count: 512)
                        if recvfrom(raw, &buffer, 512, 0, peer, &length) < 0 { return }
                        let text = "\(answer) \(name(of: peer))"
                        _ = sendto(raw, text, text.utf8.count, 0, peer, length)
                    }
                }
            }
        }
    }

    private static func name(of peer: UnsafeMutablePointer<sockaddr>) -> String {
        let isIPv6 = Int32(peer.pointee.sa_family) == AF_INET6
        let raw = UnsafeRawPointer(peer)
        let bytes = (0..<(isIPv6 ? 16 : 4)).map { raw.load(fromByteOffset: (isIPv6 ? 8 : 4) + $0, as: UInt8.self) }
        // An IPv4 peer of a dual-stack socket has its address in the last four bytes.
        if isIPv6, bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 255,
            let v4 = IPAddress(bytes: Array(bytes[12...]))
        {
            return v4.description
        }
        return IPAddress(bytes: bytes)?.description ?? "?"
    }

    /// Connects in the calling thread's namespace and reads the answer.
    static func ask(_ address: String, _ port: UInt16, transport: TransportProtocol = .tcp) -> String? {
        guard let address = IPAddress(address) else { return nil }
        let kind = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
        let raw = socket(Int32(address.family), Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(raw) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard SocketAddress.with(address, port, { connect(raw, $0, $1) }) == 0 else { return nil }
        if transport == .udp { _ = send(raw, "?", 1, 0) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = recv(raw, &buffer, 512, 0)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }
}
