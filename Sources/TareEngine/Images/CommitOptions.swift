/// How a container becomes an image.
public struct CommitOptions: Sendable, Hashable {
    /// Who made it.
    public var author: String?
    /// What was done, for the history.
    public var message: String?
    /// Whether a running container stands still meanwhile.
    public var pauses = true

    /// With a pause, and no words.
    public init() {}
}
