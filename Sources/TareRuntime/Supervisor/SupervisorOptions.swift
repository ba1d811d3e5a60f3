import TareCore

/// How a supervisor keeps a container's streams, and what it does at the end.
public struct SupervisorOptions: Sendable, Hashable {
    /// The log file is rotated before it would be longer than this; `nil` never.
    public var logSize: ByteCount?
    /// How many log files are kept, the current one counted; at least 1.
    public var logFiles = 1
    /// Whether there is a log at all.
    public var keepsLog = true
    /// Whether clients may write to the standard input; otherwise it is empty.
    public var hasInput = false
    /// Whether the container has a terminal; must be as in its configuration.
    public var hasTerminal = false
    /// Becomes this program at the end, whatever the end: absolute path and arguments; empty for none.
    public var exitCommand: [String] = []
    /// Is started again and again while the container runs: absolute path and arguments; empty for none.
    public var tickCommand: [String] = []
    /// Seconds from the start to the first tick, and from the end of each one to the next.
    public var tickInterval: Double = 30
    /// When the user asked; `nil` is the moment of the call.
    public var requested: StartMark?

    /// All defaults.
    public init() {}
}
