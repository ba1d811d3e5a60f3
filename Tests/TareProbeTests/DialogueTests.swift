import TareCatalog
import Testing

@testable import TareProbe

@Suite("what counts as an answer")
struct DialogueTests {
    private func steps(_ readiness: Readiness, _ parts: [[UInt8]]) -> [Dialogue.Step] {
        var dialogue = Dialogue(readiness)
        return parts.map { dialogue.take($0[...]) }
    }

    private func text(_ words: String) -> [UInt8] { Array(words.utf8) }

    @Test("HTTP: 200 in pieces; any other status is asked again")
    func http() {
        #expect(steps(.http(path: "/"), [text("HTTP/1.1 "), text("200 OK\r\n")]) == [.waiting, .answered])
        #expect(steps(.http(path: "/"), [text("HTTP/1.1 503 Busy\r\n")]) == [.refused])
        #expect(steps(.http(path: "/"), [text("SSH-2.0-x 200 a\r\n")]) == [.refused])
        #expect(String(decoding: Dialogue(.http(path: "/health")).opening, as: UTF8.self).hasPrefix("GET /health "))
    }

    @Test("redis: PONG; a server that loads its data is asked again")
    func redis() {
        #expect(steps(.redisPing, [text("+PO"), text("NG\r\n")]) == [.waiting, .answered])
        #expect(steps(.redisPing, [text("-LOADING x\r\n")]) == [.refused])
    }

    private func message(_ kind: Character, _ body: [UInt8]) -> [UInt8] {
        [kind.asciiValue ?? 0, 0, 0, 0, UInt8(body.count + 4)] + body
    }

    @Test("PostgreSQL: a row after the question; ready alone is no answer, an error is asked again")
    func postgres() {
        let greeting = message("R", [0, 0, 0, 0]) + message("S", text("a\0b\0")) + message("Z", [73])
        let question: [UInt8] = [81, 0, 0, 0, 13] + text("SELECT 1\0")
        #expect(
            steps(.postgresSelect, [Array(greeting.prefix(7)), Array(greeting.dropFirst(7)), message("T", [0, 1])])
                == [.waiting, .send(question), .waiting])
        #expect(
            steps(.postgresSelect, [greeting, message("D", [0, 1, 0, 0, 0, 1, 49])]) == [.send(question), .answered])
        #expect(steps(.postgresSelect, [message("E", text("SFATAL\0\0"))]) == [.refused])
        #expect(steps(.postgresSelect, [message("R", [0, 0, 0, 5])]) == [.refused])
        #expect(steps(.postgresSelect, [[68, 255, 255, 255, 255]]) == [.refused])
    }

    @Test("output: the text anywhere in it")
    func output() {
        #expect(steps(.output("hello"), [text("say hel"), text("lo!")]) == [.waiting, .answered])
    }
}
