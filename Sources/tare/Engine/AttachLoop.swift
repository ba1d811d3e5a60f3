import Glibc
import TareCore
import TareLinux
import TareRuntime

/// Carries bytes between this process's streams and a container's until the container ends.
///
/// With a terminal on both sides, this one is raw meanwhile and its size follows; the keys Ctrl-P Ctrl-Q leave the
/// container running. Without one, signals that come here go to `onSignal`.
struct AttachLoop {
    /// How it came to an end.
    enum Ending: Equatable {
        /// The container ended with this code.
        case ended(Int32)
        /// The user left it running.
        case left
        /// The supervisor went without a word.
        case lost
    }

    var hasInput: Bool
    var hasTerminal: Bool
    var onSignal: (Int32) -> Void = { _ in }

    /// Runs until the end; blocks.
    func run(_ connection: borrowing AttachConnection) throws(TareError) -> Ending {
        let raw = hasTerminal && hasInput && isatty(0) == 1 ? RawTerminal() : nil
        defer { raw?.restore() }
        var size = winsize()
        var inputIsOpen = hasInput
        var keys = LeaveKeys()
        while true {
            if hasTerminal, isatty(1) == 1 {
                var now = winsize()
                if ioctl(1, UInt(TIOCGWINSZ), &now) == 0, now.ws_row != size.ws_row || now.ws_col != size.ws_col {
                    size = now
                    try connection.resize(rows: now.ws_row, columns: now.ws_col)
                }
            }
            var waits = [
                pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: inputIsOpen ? 0 : -1, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&waits, 2, 250)
            for signal in SignalInbox.take() { onSignal(signal) }
            guard ready > 0 else { continue }
            if waits[1].revents != 0 {
                var bytes = [UInt8](repeating: 0, count: 16384)
                let count = read(0, &bytes, bytes.count)
                if count > 0 {
                    let (passed, leaves) = raw == nil ? (Array(bytes[..<count]), false) : keys.pass(bytes[..<count])
                    if !passed.isEmpty { try connection.send(passed) }
                    if leaves { return .left }
                } else {
                    inputIsOpen = false
                    try connection.endInput()
                }
            }
            if waits[0].revents != 0 {
                switch try connection.receive() {
                case .output(let bytes): try write(bytes, to: 1)
                case .errors(let bytes): try write(bytes, to: 2)
                case .ended(let code): return .ended(code)
                case nil: return .lost
                }
            }
        }
    }

    private func write(_ bytes: [UInt8], to stream: Int32) throws(TareError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw .system("cannot write", subject: "standard output", errno: errno, writing: true)
            }
            rest = rest.dropFirst(count)
        }
    }
}

/// Ctrl-P Ctrl-Q, which leaves a container without ending it.
struct LeaveKeys {
    private var sawFirst = false

    /// The bytes to pass on, and whether the keys came.
    mutating func pass(_ bytes: ArraySlice<UInt8>) -> (bytes: [UInt8], leaves: Bool) {
        var passed: [UInt8] = []
        for byte in bytes {
            if sawFirst {
                sawFirst = false
                if byte == 17 { return (passed, true) }
                passed.append(16)
            }
            if byte == 16 { sawFirst = true } else { passed.append(byte) }
        }
        return (passed, false)
    }
}
