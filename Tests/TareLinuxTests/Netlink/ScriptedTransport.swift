import TareCore

@testable import TareLinux

/// A netlink socket that says what a script says: for what a kernel cannot be brought to do.
final class ScriptedTransport: NetlinkTransport {
    private(set) var sent: [[UInt8]] = []
    private var script: [[UInt8]]

    init(_ script: [[UInt8]]) { self.script = script }

    func send(_ datagram: [UInt8]) { sent.append(datagram) }

    func receive(waiting: Bool) throws(TareError) -> [UInt8]? {
        if !script.isEmpty { return script.removeFirst() }
        if waiting { throw TareError(.timedOut, subject: "script", "cannot go on: the script is at its end") }
        return nil
    }

    /// A message of the kernel's.
    static func message(type: UInt16, flags: UInt16 = 0, sequence: UInt32, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        func put(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value) { bytes += Array($0) } }
        put(UInt32(16 + payload.count))
        put(type)
        put(flags)
        put(sequence)
        put(UInt32(0))
        return bytes + payload
    }

    /// An acknowledgement; `text` is the kernel's explanation.
    static func acknowledgement(_ number: Int32, sequence: UInt32, text: String? = nil) -> [UInt8] {
        var payload = withUnsafeBytes(of: -number) { Array($0) }
        payload += [UInt8](repeating: 0, count: 16)
        // NLM_F_CAPPED, and NLM_F_ACK_TLVS with a text.
        guard let text else { return message(type: 2, flags: 0x100, sequence: sequence, payload) }
        let value = Array(text.utf8) + [0]
        payload += withUnsafeBytes(of: UInt16(4 + value.count)) { Array($0) } + [1, 0] + value
        payload += [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
        return message(type: 2, flags: 0x300, sequence: sequence, payload)
    }
}
