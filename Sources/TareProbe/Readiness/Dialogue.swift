import TareCatalog

/// One conversation with a service, up to its real answer: pure, bytes in and bytes out.
struct Dialogue {
    /// What to do after bytes came.
    enum Step: Equatable {
        /// Read on.
        case waiting
        /// Send this.
        case send([UInt8])
        /// That was the answer.
        case answered
        /// It said that it cannot answer yet: ask again later.
        case refused
    }

    private let readiness: Readiness
    private var received: [UInt8] = []
    private var hasAsked = false

    init(_ readiness: Readiness) { self.readiness = readiness }

    /// The bytes that begin the conversation.
    var opening: [UInt8] {
        switch readiness {
        case .http(let path): Array("GET \(path) HTTP/1.1\r\nHost: tare\r\nConnection: close\r\n\r\n".utf8)
        case .redisPing: Array("PING\r\n".utf8)
        case .postgresSelect:
            Self.message(nil, [0, 3, 0, 0] + Array("user\0postgres\0database\0postgres\0\0".utf8))
        case .output: []
        }
    }

    /// Takes what came.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> Step {
        received += bytes
        switch readiness {
        case .http:
            guard received.count >= 12 else { return .waiting }
            let isHTTP = received.starts(with: "HTTP/1.".utf8)
            return isHTTP && received[9..<12].elementsEqual("200".utf8) ? .answered : .refused
        case .redisPing:
            guard received.count >= 7 else { return received.first == UInt8(ascii: "-") ? .refused : .waiting }
            return received.starts(with: "+PONG\r\n".utf8) ? .answered : .refused
        case .postgresSelect: return postgres()
        case .output(let text):
            return Self.contains(received, Array(text.utf8)) ? .answered : .waiting
        }
    }

    /// PostgreSQL's protocol 3: each message is a letter, its length with itself as four bytes, and the rest.
    private mutating func postgres() -> Step {
        while received.count >= 5 {
            let length = received[1..<5].reduce(0) { $0 << 8 | Int($1) }
            guard length >= 4, length < 1 << 20 else { return .refused }
            guard received.count > length else { return .waiting }
            let kind = received[0]
            let body = Array(received[5..<(length + 1)])
            received.removeFirst(length + 1)
            switch kind {
            case UInt8(ascii: "E"): return .refused
            case UInt8(ascii: "R") where body.prefix(4).contains { $0 != 0 }: return .refused
            // A row after the question; only ReadyForQuery allows the question.
            case UInt8(ascii: "D") where hasAsked: return .answered
            case UInt8(ascii: "Z") where !hasAsked:
                hasAsked = true
                return .send(Self.message(UInt8(ascii: "Q"), Array("SELECT 1\0".utf8)))
            default: break
            }
        }
        return .waiting
    }

    private static func message(_ kind: UInt8?, _ body: [UInt8]) -> [UInt8] {
        let length = UInt32(body.count + 4)
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32($0))) }
        return (kind.map { [$0] } ?? []) + bytes + body
    }

    /// Whether `text` has `part` in it.
    static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard !part.isEmpty, text.count >= part.count else { return part.isEmpty }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
