import CTareLinux
import Glibc
import TareCore
import TareLinux

/// A client of a container's streams: sees what it writes from now on, and may write to its input.
///
/// Several may be connected at once, eight at most; each sees all output. One that does not read slows the container down,
/// and is let go after ten seconds.
public struct AttachConnection: ~Copyable, Sendable {
    /// What comes from the container.
    public enum Message: Sendable, Hashable {
        /// Standard output; all of a terminal.
        case output([UInt8])
        /// Standard error.
        case errors([UInt8])
        /// It has ended with this code; nothing follows.
        case ended(code: Int32)
    }

    /// The most bytes of input that go in one packet.
    private static let packet = 32_768
    private let socket: OwnedFileDescriptor

    /// Connects to a running container.
    ///
    /// - Parameter folder: its folder.
    /// - Throws: `unavailable` where no supervisor listens there.
    public init(_ folder: SupervisorFolder) throws(TareError) {
        // A socket's path has at most 107 bytes, whatever the folder's has; the descriptor's own link is short.
        let place = try OwnedFileDescriptor(opening: folder.path, O_RDONLY | O_DIRECTORY)
        let number = tare_connect_packets("/proc/self/fd/\(place.raw)/attach.sock")
        guard number >= 0 else {
            throw TareError(
                .unavailable,
                subject: folder.path,
                "cannot attach to it: \(String(cString: tare_errno_text(-number)))",
                hint: "only a running container can be attached to; its log has what it wrote",
                errno: -number
            )
        }
        socket = OwnedFileDescriptor(taking: number, path: folder.path)
    }

    /// The descriptor, for poll: readable when a message is there.
    public var descriptor: Int32 { socket.raw }

    /// The next message, or `nil` where the supervisor has gone; blocks.
    public borrowing func receive() throws(TareError) -> Message? {
        var bytes = [UInt8](repeating: 0, count: Self.packet + 1)
        while true {
            var count: Int
            repeat { count = recv(socket.raw, &bytes, bytes.count, 0) } while count < 0 && errno == EINTR
            if count < 0, errno != ECONNRESET {
                throw .system("cannot read from the container", subject: socket.path, errno: errno)
            }
            guard count > 0 else { return nil }
            let content = Array(bytes[1..<count])
            switch bytes[0] {
            case UInt8(ascii: "1"): return .output(content)
            case UInt8(ascii: "2"): return .errors(content)
            case UInt8(ascii: "e") where content.count == 4:
                return .ended(code: content.reduce(Int32(0)) { $0 << 8 | Int32($1) })
            default: continue
            }
        }
    }

    /// Writes to the container's standard input; blocks while it does not read.
    ///
    /// - Parameter bytes: any number.
    /// - Throws: `unavailable` where the supervisor has gone.
    public borrowing func send(_ bytes: [UInt8]) throws(TareError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try packet(UInt8(ascii: "0"), rest.prefix(Self.packet))
            rest = rest.dropFirst(Self.packet)
        }
    }

    /// Ends the container's standard input; on a terminal, types the end-of-file character.
    public borrowing func endInput() throws(TareError) { try packet(UInt8(ascii: "c"), []) }

    /// Tells the container's terminal its size.
    ///
    /// - Parameters:
    ///   - rows: lines of text.
    ///   - columns: letters a line.
    /// - Throws: `unavailable` where the supervisor has gone.
    public borrowing func resize(rows: UInt16, columns: UInt16) throws(TareError) {
        try packet(
            UInt8(ascii: "r"),
            [UInt8(rows >> 8), UInt8(rows & 0xff), UInt8(columns >> 8), UInt8(columns & 0xff)]
        )
    }

    private borrowing func packet(_ kind: UInt8, _ content: ArraySlice<UInt8>) throws(TareError) {
        let message = [kind] + content
        var count: Int
        repeat {
            count = Glibc.send(socket.raw, message, message.count, Int32(MSG_NOSIGNAL))
        } while count < 0 && errno == EINTR
        guard count == message.count else {
            throw TareError(
                .unavailable,
                subject: socket.path,
                "cannot write to the container: \(String(cString: tare_errno_text(errno)))",
                errno: errno
            )
        }
    }
}
