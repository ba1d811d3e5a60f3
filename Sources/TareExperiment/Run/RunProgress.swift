/// How far a run is.
public struct RunProgress: Sendable, Hashable {
    /// Steps that are on the disk, also those of earlier sessions.
    public var done: Int
    /// Steps planned so far; a stopping rule may add some.
    public var planned: Int
    /// The cell of the last step.
    public var cell: String
}
