/// What is known about the evidence beyond the numbers: it lowers the certainty, step by step.
public struct ClaimConditions: Hashable, Sendable {
    /// The half width of a cell's interval, as a share of its value, beyond which it is imprecise.
    public var targetPrecision: Double
    /// Why the host was noisy or emulated; `nil` where it was neither.
    public var noisyHost: String?
    /// Where model and measurement disagree beyond the tolerance; `nil` where they do not.
    public var disagreement: String?
    /// Why the intervals are less than intervals, too few replications for example; `nil` where they are not.
    public var imprecision: String?
    /// What was concluded beyond the cells; `nil` where nothing was.
    public var extrapolation: String?

    /// Makes conditions; the texts are clauses without a final stop.
    public init(
        targetPrecision: Double = 0.05,
        noisyHost: String? = nil,
        disagreement: String? = nil,
        imprecision: String? = nil,
        extrapolation: String? = nil
    ) {
        self.targetPrecision = targetPrecision
        self.noisyHost = noisyHost
        self.disagreement = disagreement
        self.imprecision = imprecision
        self.extrapolation = extrapolation
    }
}
