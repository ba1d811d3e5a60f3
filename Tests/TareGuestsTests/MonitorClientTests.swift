import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareGuests

/// A scripted monitor, for what a real one never does.
@Suite struct MonitorClientTests {
    private static let greeting = #"{"QMP": {"version": {}, "capabilities": []}}"# + "\n"
    private static let ready = #"{"return": {}, "id": 1}"# + "\n"

    /// A client whose other end has said all of `script` already and stays open where `isOpen`.
    private func client(_ script: String, isOpen: Bool = true) throws -> MonitorClientBox {
        let pair = try SocketPair("test")
        try pair.theirs.writeAll(Array(script.utf8))
        let theirs = isOpen ? dup(pair.theirs.raw) : -1
        return MonitorClientBox(MonitorClient(OwnedFileDescriptor(taking: dup(pair.ours.raw))), theirs: theirs)
    }

    private func code(_ body: () throws(TareError) -> Void) -> TareError.Code? {
        do throws(TareError) { try body() } catch { return error.code }
        return nil
    }

    @Test("events between an answer and its command are kept, and a late answer to an older command is skipped")
    func events() throws {
        let box = try client(
            Self.greeting + Self.ready + #"{"event": "STOP", "data": {"a": [1, 2.5, null, true]}}"# + "\n"
                + #"{"return": {"status": "late"}, "id": 1}"# + "\n" + #"{"return": {"status": "paused"}, "id": 2}"#
                + "\n")
        let deadline = Deadline.after(seconds: 5)
        try box.client.negotiate(deadline: deadline)
        #expect(try box.client.status(deadline: deadline) == "paused")
        let events = try box.client.takeEvents()
        #expect(events.map(\.name) == ["STOP"])
        #expect(events.first?.data["a"] == .list([.integer(1), .number(2.5), .null, .bool(true)]))
    }

    @Test("a monitor that refuses, closes, says nothing or speaks otherwise is an error of its own kind")
    func failures() throws {
        let refusal = #"{"error": {"class": "GenericError", "desc": "no such disk"}, "id": 2}"# + "\n"
        let refusing = try client(Self.greeting + Self.ready + refusal)
        try refusing.client.negotiate(deadline: Deadline.after(seconds: 5))
        #expect(
            code { () throws(TareError) in _ = try refusing.client.status(deadline: Deadline.after(seconds: 5)) }
                == .invalid)
        let closing = try client(Self.greeting, isOpen: false)
        #expect(
            code { () throws(TareError) in try closing.client.negotiate(deadline: Deadline.after(seconds: 5)) }
                == .unavailable)
        let silent = try client("")
        #expect(
            code { () throws(TareError) in try silent.client.negotiate(deadline: Deadline.after(seconds: 0.05)) }
                == .timedOut)
        let other = try client("SSH-2.0-OpenSSH\n")
        #expect(
            code { () throws(TareError) in try other.client.negotiate(deadline: Deadline.after(seconds: 5)) }
                == .corrupt)
        let early = try client("")
        #expect(code { () throws(TareError) in _ = try early.client.status(deadline: 0) } == .internal)
    }
}

/// Keeps a client and the other end of its socket.
final class MonitorClientBox {
    var client: MonitorClient
    private let theirs: Int32
    init(_ client: consuming MonitorClient, theirs: Int32) {
        self.client = client
        self.theirs = theirs
    }
    deinit { if theirs >= 0 { close(theirs) } }
}
