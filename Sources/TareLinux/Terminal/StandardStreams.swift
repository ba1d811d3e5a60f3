import CTareLinux
import Glibc
import TareCore

/// Standard output for data, standard error for messages: write(2), because C's stream globals are shared mutable state.
public enum StandardStreams {
    /// One of the two streams.
    public enum Stream: Int32, Sendable {
        /// Data, and nothing but data.
        case output = 1
        /// Messages and progress.
        case error = 2
    }

    /// When text is coloured.
    public enum ColourChoice: String, Sendable, CaseIterable {
        /// On a terminal that can, unless NO_COLOR is set.
        case auto
        /// Always.
        case always
        /// Never.
        case never
    }

    /// Writes `text` to a stream, whole and in order; blocks while a pipe is full.
    ///
    /// - Throws: `cannotWrite` with the errno. A reader that went away ends the process by SIGPIPE, as in any pipeline.
    public static func write(_ text: String, to stream: Stream) throws(TareError) {
        var failure: TareError?
        var text = text
        text.withUTF8 { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let count = Glibc.write(stream.rawValue, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    let name = stream == .output ? "standard output" : "standard error"
                    failure = .system("cannot write", subject: name, errno: errno, writing: true)
                    return
                }
                done += count
            }
        }
        if let failure { throw failure }
    }

    /// Writes `line` and a newline to standard output.
    public static func printOutput(_ line: String) throws(TareError) { try write(line + "\n", to: .output) }

    /// Writes `line` and a newline to standard error; a message that cannot be shown is not a failure.
    public static func printError(_ line: String) { try? write(line + "\n", to: .error) }

    /// Whether a stream goes to a terminal.
    public static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

    /// Whether a stream's terminal can move the cursor: not with `TERM=dumb`, nor in a file or a pipe.
    public static func canAnimate(_ stream: Stream) -> Bool {
        isTerminal(stream) && !isDumb(terminal: Environment.value("TERM"))
    }

    /// Columns of a stream's terminal; `COLUMNS` or 80 where it is none.
    public static func width(of stream: Stream) -> Int {
        let columns = Int(tare_terminal_columns(stream.rawValue))
        if columns > 0 { return columns }
        if let text = Environment.value("COLUMNS"), let stated = Int(text), stated > 0 { return stated }
        return 80
    }

    /// Whether text on a stream is to be coloured.
    public static func wantsColour(_ choice: ColourChoice = .auto, on stream: Stream) -> Bool {
        wantsColour(
            choice,
            isTerminal: isTerminal(stream),
            noColour: Environment.value("NO_COLOR"),
            terminal: Environment.value("TERM")
        )
    }

    /// The rule behind `wantsColour(_:on:)`: NO_COLOR counts when it is set and not empty (no-color.org).
    static func wantsColour(_ choice: ColourChoice, isTerminal: Bool, noColour: String?, terminal: String?) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto: isTerminal && (noColour ?? "").isEmpty && !isDumb(terminal: terminal)
        }
    }

    private static func isDumb(terminal: String?) -> Bool { terminal == nil || terminal == "dumb" || terminal == "" }
}
