import Glibc
import TareCore
import TareLinux

/// A client of QEMU's machine protocol (QMP): commands as lines of JSON, one at a time, and events in between.
///
/// Source: QEMU, docs/interop/qmp-spec.rst. Every call ends at its deadline; used by one thread at a time.
public struct MonitorClient: ~Copyable {
    private let socket: OwnedFileDescriptor
    private var lines = LineReader(limit: 8 << 20)
    private var serial: Int64 = 0
    private var isReady = false
    private var waiting: [MonitorEvent] = []

    /// Takes a connected socket over; nothing is read or written yet.
    public init(_ socket: consuming OwnedFileDescriptor) { self.socket = socket }

    /// The descriptor, to poll for events.
    public var descriptor: Int32 { socket.raw }

    /// Whether QEMU has closed its end.
    public var hasEnded: Bool { lines.hasEnded }

    private struct Message: Decodable {
        struct Failure: Decodable {
            var `class`: String
            var desc: String
        }
        var QMP: JSONValue?
        var `return`: JSONValue?
        var error: Failure?
        var event: String?
        var data: JSONValue?
        var id: JSONValue?
    }

    /// Waits for the greeting and ends the negotiation of capabilities.
    ///
    /// - Parameter deadline: monotonic nanoseconds.
    /// - Throws: `timedOut`; `unavailable` where QEMU closes; `corrupt` where something else than QMP answers.
    public mutating func negotiate(deadline: UInt64) throws(TareError) {
        while true {
            let message = try receive(deadline: deadline, doing: "greeting")
            if message.QMP != nil { break }
            if message.event == nil {
                throw TareError(.corrupt, subject: "monitor", "the first line is no greeting of QEMU's monitor")
            }
        }
        isReady = true
        _ = try execute("qmp_capabilities", deadline: deadline)
    }

    /// Runs one command and gives what it returned.
    ///
    /// - Parameters:
    ///   - command: its name: `query-status`.
    ///   - arguments: by name.
    ///   - deadline: monotonic nanoseconds.
    /// - Returns: the value of `return`.
    /// - Throws: `timedOut`; `unavailable` where QEMU closes; `invalid` with QEMU's words where it refuses.
    public mutating func execute(
        _ command: String,
        _ arguments: [String: JSONValue] = [:],
        deadline: UInt64
    ) throws(TareError) -> JSONValue {
        guard isReady else { throw TareError(.internal, subject: "monitor", "\(command) before the greeting was read") }
        serial += 1
        var request: [String: JSONValue] = ["execute": .text(command), "id": .integer(serial)]
        if !arguments.isEmpty { request["arguments"] = .object(arguments) }
        try write(Array((try JSONText.encode(request, pretty: false) + "\n").utf8), command)
        while true {
            let message = try receive(deadline: deadline, doing: command)
            if message.id?.asInteger == serial {
                if let error = message.error {
                    throw TareError(.invalid, subject: command, "QEMU refuses it: \(error.desc)")
                }
                return message.return ?? .null
            }
            // A command's late answer after its deadline has an older number.
        }
    }

    /// Whatever events have come; reads what is there without waiting.
    public mutating func takeEvents() throws(TareError) -> [MonitorEvent] {
        while isReadable(until: 0), !lines.hasEnded {
            _ = lines.read(socket.raw)
            while let line = lines.next() { _ = try sort(line) }
        }
        defer { waiting.removeAll() }
        return waiting
    }

    /// The bytes and requests of each disk that has a device, by its id.
    ///
    /// - Parameter deadline: monotonic nanoseconds.
    /// - Returns: since the machine started.
    /// - Throws: as `execute`.
    public mutating func blockStatistics(deadline: UInt64) throws(TareError) -> [String: BlockStatistics] {
        var found: [String: BlockStatistics] = [:]
        for entry in try execute("query-blockstats", deadline: deadline).elements {
            guard let name = entry["device"]?.asText, !name.isEmpty, let numbers = entry["stats"] else { continue }
            found[name] = BlockStatistics(numbers)
        }
        return found
    }

    /// The state in QEMU's words: `running`, `paused`, `shutdown`.
    ///
    /// - Parameter deadline: monotonic nanoseconds.
    /// - Returns: QEMU's word.
    /// - Throws: as `execute`.
    public mutating func status(deadline: UInt64) throws(TareError) -> String {
        try execute("query-status", deadline: deadline)["status"]?.asText ?? "unknown"
    }

    private borrowing func write(_ bytes: [UInt8], _ command: String) throws(TareError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // MSG_NOSIGNAL: a QEMU that is gone is an error here, not a signal to the whole program.
            let count = rest.withUnsafeBytes { send(socket.raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw TareError(.unavailable, subject: command, "QEMU's monitor has closed", errno: errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    private mutating func receive(deadline: UInt64, doing: String) throws(TareError) -> Message {
        while true {
            while let line = lines.next() {
                if let message = try sort(line) { return message }
            }
            if lines.hasEnded { throw TareError(.unavailable, subject: doing, "QEMU's monitor has closed") }
            guard isReadable(until: deadline) else {
                throw TareError(.timedOut, subject: doing, "QEMU's monitor does not answer")
            }
            _ = lines.read(socket.raw)
        }
    }

    /// Keeps an event, gives anything else.
    private mutating func sort(_ line: String) throws(TareError) -> Message? {
        if line.isEmpty { return nil }
        let message = try JSONText.decode(Message.self, from: line, subject: "monitor")
        guard let event = message.event else { return message }
        waiting.append(MonitorEvent(name: event, data: message.data ?? .null))
        return nil
    }

    private borrowing func isReadable(until deadline: UInt64) -> Bool {
        var polled = pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, Deadline.milliseconds(until: deadline)) > 0
    }
}
