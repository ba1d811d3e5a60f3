import Glibc
import TareCore
import TareLinux

@testable import TareNetwork

/// A name server of the host's surroundings: it answers every question with one address.
final class DNSStandIn: Sendable {
    private let raw: Int32
    private let thread: ServerThread

    init(namespace: String, answer: [UInt8]) throws {
        let raw = try NetworkNamespace(opening: namespace).run { () throws(TareError) in
            let raw = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard SocketAddress.with(.anyIPv4, 53, { bind(raw, $0, $1) }) == 0 else {
                throw .system("cannot bind", subject: "53", errno: errno)
            }
            return raw
        }
        self.raw = raw
        thread = ServerThread {
            var limit = timeval(tv_sec: 0, tv_usec: 200_000)
            setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            while !ServerThread.isOver {
                var peer = sockaddr_storage()
                var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
                var buffer = [UInt8](repeating: 0, count: 512)
                withUnsafeMutablePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                        let count = recvfrom(raw, &buffer, 512, 0, peer, &length)
                        if count < 12 { return }
                        var reply = Array(buffer.prefix(count))
                        reply[2] = 0x85
                        reply[3] = 0x80
                        reply[7] = 1
                        reply += [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4] + answer
                        _ = sendto(raw, reply, reply.count, 0, peer, length)
                    }
                }
            }
        }
    }

    func stop() {
        thread.end()
        close(raw)
    }
}
