import TareCore
import Testing

@testable import TareLinux

/// What the kernel may answer, by script.
@Suite struct NetlinkProtocolTests {
    private func commit(_ script: [[UInt8]], count: Int = 2) -> TareError? {
        var batch = NetlinkBatch()
        for number in 0..<count { batch.deleteLink("link\(number)") }
        do throws(TareError) {
            try NetlinkConnection(ScriptedTransport(script)).commit(batch)
            return nil
        } catch { return error }
    }

    private func acknowledged(_ number: Int32, _ sequence: UInt32, _ text: String? = nil) -> [UInt8] {
        ScriptedTransport.acknowledgement(number, sequence: sequence, text: text)
    }

    @Test("acknowledgements count in any order, alone or several in a datagram")
    func orders() {
        #expect(commit([acknowledged(0, 1), acknowledged(0, 2)]) == nil)
        #expect(commit([acknowledged(0, 2) + acknowledged(0, 1)]) == nil)
    }

    @Test("an answer to somebody else's question is passed over, and a missing one is not taken for success")
    func strangers() {
        #expect(commit([acknowledged(1, 99), acknowledged(0, 1), acknowledged(0, 2)]) == nil)
        #expect(commit([acknowledged(0, 1), acknowledged(0, 1)])?.code == .timedOut)
    }

    @Test("an error names the message, the errno and the kernel's words; the second one is its cause")
    func errors() throws {
        let error = try #require(commit([acknowledged(22, 1, "bad name"), acknowledged(19, 2)]))
        #expect(error.subject == "link0")
        #expect(error.errno == 22)
        #expect(error.message.hasPrefix("cannot delete the link: "))
        #expect(error.message.hasSuffix("(the kernel says: bad name)"))
        #expect(error.causes.map(\.subject) == ["link1"])
    }

    @Test(
        "an answer that is cut off, or says a wrong length, is an error and not a trap",
        arguments: [0, 1, 15, 16, 19, 20, 35]
    )
    func cut(length: Int) {
        let whole = acknowledged(22, 1, "x")
        let error = commit([Array(whole.prefix(length))], count: 1)
        #expect(error?.code == .corrupt)
        var wrong = whole
        wrong[0] = UInt8(length)
        #expect(commit([wrong], count: 1) != nil)
    }

    @Test("random datagrams are never taken for acknowledgements of both messages", arguments: 0..<20)
    func random(seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x1234_5678
        func next() -> UInt8 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        for _ in 0..<200 {
            var datagram = (0..<Int(next() % 120)).map { _ in next() }
            if datagram.count > 16 {
                datagram.replaceSubrange(0..<8, with: [UInt8(datagram.count), 0, 0, 0, 2, 0, 0, 3])
            }
            #expect(commit([datagram]) != nil)
        }
    }

    @Test("a list that changed while it was read is asked for again, and given up in the end")
    func interrupted() {
        let torn = { (number: UInt32) in
            // NLM_F_MULTI and NLM_F_DUMP_INTR, then NLMSG_DONE.
            ScriptedTransport.message(type: 3, flags: 0x12, sequence: number, [0, 0, 0, 0])
        }
        let whole = ScriptedTransport.message(type: 3, flags: 2, sequence: 2, [0, 0, 0, 0])
        let calm = NetlinkConnection(ScriptedTransport([torn(1), whole]))
        #expect((try? calm.links()) == [])
        let busy = NetlinkConnection(ScriptedTransport((1...8).map(torn)))
        do throws(TareError) {
            _ = try busy.links()
            Issue.record("a torn list was taken")
        } catch { #expect(error.code == .unavailable) }
    }

    @Test("a refused transaction is told once, though nothing else is answered")
    func transaction() {
        var batch = FirewallBatch(table: "t")
        batch.addTable()
        let connection = NetlinkConnection(ScriptedTransport([acknowledged(1, 1)]))
        do throws(TareError) {
            try connection.commit(batch)
            Issue.record("a refused batch was taken for done")
        } catch { #expect(error.code == .noPermission) }
        #expect(connection.count.messages == 3)
    }
}
