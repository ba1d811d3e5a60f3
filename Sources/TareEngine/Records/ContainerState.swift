import TareCore

/// What became of a container so far: written anew at each step of its life.
public struct ContainerState: Sendable, Hashable, Codable {
    /// The last step that somebody began; what runs is told by the supervisor, not by this.
    public enum Phase: String, Sendable, Hashable, Codable {
        /// It is being made; where nobody holds its lock any more, it goes.
        case creating
        /// It has everything, and was never started.
        case created
        /// It was started.
        case started
        /// It was started and has ended, and what it held while it ran was given back.
        case ended
        /// It is being removed; where nobody holds its lock any more, that is finished.
        case removing
    }

    /// The last step.
    public var phase = Phase.creating
    /// When it was started last, RFC 3339.
    public var started: String?
    /// When it ended last, RFC 3339.
    public var finished: String?
    /// How it ended last.
    public var exitCode: Int32?
    /// What could not be done, in words for the user.
    public var failure: String?
    /// Whether the kernel ended it for want of memory.
    public var wasOutOfMemory = false
    /// Whether a user stopped it, so that it stays ended.
    public var wasStopped = false
    /// Whether it is frozen.
    public var isPaused = false
    /// Restarts by its policy since a user started it.
    public var restarts = 0
    /// Restarts in a row after short runs.
    public var streak = 0
    /// Files that are in the root only as places for the run's mounts, and go with it.
    public var placeholders: [String]?
    /// What the host could not give, in sentences.
    public var warnings: [String] = []

    /// A container that is being made.
    public init() {}
}
