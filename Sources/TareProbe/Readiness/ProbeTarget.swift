import TareCatalog
import TareCore

/// Whom a prober asks, and what counts as an answer.
public struct ProbeTarget: Sendable, Hashable {
    /// Where the answer comes from.
    public enum Place: Sendable, Hashable {
        /// A TCP port at an IPv4 address, as text.
        case address(String, port: Int)
        /// A file that the program's output is written to.
        case file(String)
    }

    /// The caller's number for it.
    public var index: Int
    /// What counts as an answer.
    public var readiness: Readiness
    /// Where it comes from.
    public var place: Place
    /// The moment after which it is given up, CLOCK_MONOTONIC in nanoseconds.
    public var deadline: UInt64
    /// A process without which it can never answer; 0 for none.
    public var process: Int32

    /// Makes a target.
    ///
    /// - Parameters:
    ///   - index: the caller's number for it.
    ///   - readiness: what counts as an answer.
    ///   - place: where it comes from.
    ///   - deadline: when it is given up, CLOCK_MONOTONIC in nanoseconds.
    ///   - process: a process without which it can never answer; 0 for none.
    public init(index: Int, readiness: Readiness, place: Place, deadline: UInt64, process: Int32 = 0) {
        self.index = index
        self.readiness = readiness
        self.place = place
        self.deadline = deadline
        self.process = process
    }
}

/// What came of asking.
public struct ProbeOutcome: Sendable, Hashable {
    /// When a connection was accepted first, which says that it listens, by CLOCK_MONOTONIC in nanoseconds.
    public var accepted: UInt64?
    /// When the real answer had come: never the accept alone.
    public var answered: UInt64?
    /// Why there was none, in words.
    public var failure: String?
    /// How often it was asked.
    public var tries = 0

    /// Nothing yet.
    public init() {}
}
