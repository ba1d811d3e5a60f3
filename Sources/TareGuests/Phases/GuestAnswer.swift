import CTareLinux
import Glibc
import TareCatalog
import TareLinux

/// Asks a guest's service from the host, once, as a client would.
///
/// The guest has already seen the answer from inside; this shows that the network carries it.
enum GuestAnswer {
    /// Whether the answer is right; at most a minute.
    static func isRight(_ readiness: Readiness, port: Int) -> Bool {
        switch readiness {
        case .http(let path):
            return ask(port, Array("GET \(path) HTTP/1.0\r\nHost: tare\r\n\r\n".utf8)) {
                $0.count >= 12 && Array($0[9..<12]) == Array("200".utf8)
            }
        case .redisPing: return ask(port, Array("PING\r\n".utf8)) { Array($0.prefix(5)) == Array("+PONG".utf8) }
        case .postgresSelect:
            let start: [UInt8] = [0, 0, 0, 41, 0, 3, 0, 0] + Array("user\0postgres\0database\0postgres\0\0".utf8)
            return ask(port, start) { Array($0.prefix(9)) == [0x52, 0, 0, 0, 8, 0, 0, 0, 0] }
        // Its answer was its output, which the guest's service manager has seen.
        case .output: return true
        }
    }

    private static func ask(_ port: Int, _ question: [UInt8], _ isRight: ([UInt8]) -> Bool) -> Bool {
        let raw = tare_connect_loopback(Int32(port), 60_000)
        guard raw >= 0 else { return false }
        let connection = OwnedFileDescriptor(taking: raw, path: "service")
        guard (try? connection.writeAll(question)) != nil else { return false }
        var answer: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 512)
        while answer.count < 64, !isRight(answer) {
            let count = Glibc.read(connection.raw, &bytes, bytes.count)
            guard count > 0 else { break }
            answer += bytes[..<count]
        }
        return isRight(answer)
    }
}
