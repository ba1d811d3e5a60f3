/// Student's t distribution.
public enum StudentDistribution {
    /// The probability of a value below `t` with `degrees` degrees of freedom.
    public static func cumulative(_ t: Double, degrees: Double) -> Double {
        precondition(degrees > 0, "degrees of freedom are positive")
        let tail = 0.5 * SpecialFunctions.incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
        return t > 0 ? 1 - tail : tail
    }

    /// The value below which a share of `probability` lies; infinite at 0 and 1.
    public static func quantile(_ probability: Double, degrees: Double) -> Double {
        precondition((0...1).contains(probability), "a probability is between 0 and 1")
        if probability == 0 { return -.infinity }
        if probability == 1 { return .infinity }
        if probability == 0.5 { return 0 }
        let tail = min(probability, 1 - probability)
        let magnitude = SpecialFunctions.inverseOnPositive(
            of: { 1 - cumulative(-$0, degrees: degrees) },
            target: 1 - tail
        )
        return probability > 0.5 ? magnitude : -magnitude
    }
}
