/// The beta distribution on 0 to 1.
public enum BetaDistribution {
    /// The probability of a value below `x`, with the two shape parameters.
    public static func cumulative(_ x: Double, alpha: Double, beta: Double) -> Double {
        precondition(alpha > 0 && beta > 0, "shape parameters are positive")
        return SpecialFunctions.incompleteBeta(x, alpha, beta)
    }

    /// The value below which a share of `probability` lies.
    public static func quantile(_ probability: Double, alpha: Double, beta: Double) -> Double {
        precondition((0...1).contains(probability), "a probability is between 0 and 1")
        if probability == 0 { return 0 }
        if probability == 1 { return 1 }
        return SpecialFunctions.inverse(
            of: { cumulative($0, alpha: alpha, beta: beta) },
            target: probability,
            low: 0,
            high: 1
        )
    }
}
