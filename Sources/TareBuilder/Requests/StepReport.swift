import TareCore
import TareDockerfile

/// What became of one step.
public struct StepReport: Hashable, Sendable {
    /// The stage's name or number.
    public var stage: String
    /// From 1; 0 for the stage's `FROM`.
    public var index: Int
    /// Steps in the stage.
    public var count: Int
    /// The line, as the history says it.
    public var text: String
    /// Where it stands in the file.
    public var position: SourcePosition
    /// What was done.
    public var outcome: Outcome
    /// Why it was taken from the cache or not.
    public var reason: CacheReason?
    /// The layer that it made, if any: bytes as they are packed.
    public var layerSize: ByteCount?
    /// How long it took.
    public var seconds: Double

    /// What was done for a step.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// It was done.
        case built
        /// An earlier build had done it.
        case cached
        /// It changes the configuration only, and makes no layer.
        case metadata
        /// It was done and changed no file, and so makes no layer.
        case unchanged
    }
}
