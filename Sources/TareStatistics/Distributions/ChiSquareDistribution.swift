/// The chi-square distribution.
public enum ChiSquareDistribution {
    /// The probability of a value below `x` with `degrees` degrees of freedom.
    public static func cumulative(_ x: Double, degrees: Double) -> Double {
        precondition(degrees > 0, "degrees of freedom are positive")
        return SpecialFunctions.incompleteGamma(degrees / 2, x / 2)
    }

    /// The value below which a share of `probability` lies.
    public static func quantile(_ probability: Double, degrees: Double) -> Double {
        precondition((0..<1).contains(probability), "a probability is between 0 and 1")
        return SpecialFunctions.inverseOnPositive(of: { cumulative($0, degrees: degrees) }, target: probability)
    }
}
