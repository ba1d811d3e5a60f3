import Glibc
import TareCore
import TareLinux

@testable import TareNetwork

/// Asks a name server the way a resolver does: a datagram or a connection in the calling thread's namespace.
enum NameQuestion {
    /// The addresses in the answer, or the answer's code as `code 3`; `nil` where nobody answers within two seconds.
    static func ask(_ name: String, type: UInt8 = 1, server: IPAddress, transport: TransportProtocol = .udp)
        -> [String]?
    {
        let kind = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
        let raw = socket(Int32(server.family), Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(raw) }
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard SocketAddress.with(server, 53, { connect(raw, $0, $1) }) == 0 else { return nil }
        var question: [UInt8] = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in name.split(separator: ".") { question += [UInt8(label.utf8.count)] + Array(label.utf8) }
        question += [0, 0, type, 0, 1]
        if transport == .tcp { question = [0, UInt8(question.count)] + question }
        guard send(raw, question, question.count, 0) == question.count else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(raw, &buffer, buffer.count, 0)
        let start = transport == .tcp ? 2 : 0
        guard count >= start + 12 else { return nil }
        let answer = Array(buffer[start..<count])
        guard answer[3] & 0x0f == 0 else { return ["code \(answer[3] & 0x0f)"] }
        var at = question.count - start
        var found: [String] = []
        for _ in 0..<Int(answer[7]) {
            let length = Int(answer[at + 11])
            found.append(IPAddress(bytes: Array(answer[(at + 12)..<(at + 12 + length)]))?.description ?? "?")
            at += 12 + length
        }
        return found
    }
}
