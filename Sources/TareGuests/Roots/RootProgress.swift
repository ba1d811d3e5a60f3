/// How far the building of one root is.
public struct RootProgress: Sendable {
    /// The root being built, `debian-12-minimal` or `debian-12-minimal + nginx`; those below it come first.
    public var root: String
    /// What is being done: `download and install packages`.
    public var step: String
    /// The share of this root's own work that is done when the step begins, 0 to 1; from typical times, so an estimate.
    public var fraction: Double

    /// Makes a state of progress.
    public init(root: String, step: String, fraction: Double) {
        self.root = root
        self.step = step
        self.fraction = fraction
    }
}
