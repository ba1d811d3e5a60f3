/// What a repair did, in words for the log.
public struct RepairReport: Sendable, Hashable {
    /// What was half made, or described by nothing, and is gone.
    public var removed: [String] = []
    /// What somebody had taken away from a running container, and is there again.
    public var restored: [String] = []

    /// Whether everything was as recorded.
    public var isClean: Bool { removed.isEmpty && restored.isEmpty }
}
