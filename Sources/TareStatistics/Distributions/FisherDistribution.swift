/// The F distribution of a ratio of two variances.
public enum FisherDistribution {
    /// The probability of a value below `x`, with the degrees of freedom of the variance above and of the one below.
    public static func cumulative(_ x: Double, above: Double, below: Double) -> Double {
        precondition(above > 0 && below > 0, "degrees of freedom are positive")
        guard x > 0 else { return 0 }
        return SpecialFunctions.incompleteBeta(above * x / (above * x + below), above / 2, below / 2)
    }

    /// The value below which a share of `probability` lies.
    public static func quantile(_ probability: Double, above: Double, below: Double) -> Double {
        precondition((0..<1).contains(probability), "a probability is between 0 and 1")
        return SpecialFunctions.inverseOnPositive(
            of: { cumulative($0, above: above, below: below) },
            target: probability
        )
    }
}
