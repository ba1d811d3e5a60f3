import TareDockerfile

/// What a build tells while it goes on.
public enum BuildEvent: Hashable, Sendable {
    /// A step begins. Its outcome and time are not known yet.
    case began(stage: String, index: Int, count: Int, text: String)
    /// A command printed a line.
    case output(stage: String, index: Int, line: String)
    /// A step has ended.
    case ended(StepReport)
    /// Something is allowed and probably not meant.
    case warned(place: String, message: String)
}
