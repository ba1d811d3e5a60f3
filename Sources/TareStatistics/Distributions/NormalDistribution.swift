import Glibc

/// The standard normal distribution.
public enum NormalDistribution {
    /// The probability of a value below `z`.
    public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// The density at `z`.
    public static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

    /// The value below which a share of `probability` lies; infinite at 0 and 1.
    ///
    /// Starts from Abramowitz & Stegun 26.2.23 (error below 4.5e-4) and takes Halley steps, each of which cubes the error.
    public static func quantile(_ probability: Double) -> Double {
        precondition((0...1).contains(probability), "a probability is between 0 and 1")
        if probability == 0 { return -.infinity }
        if probability == 1 { return .infinity }
        if probability > 0.5 { return -lowerQuantile(1 - probability) }
        return lowerQuantile(probability)
    }

    private static func lowerQuantile(_ probability: Double) -> Double {
        let t = (-2 * log(probability)).squareRoot()
        let top = 2.515517 + t * (0.802853 + t * 0.010328)
        let bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        var z = top / bottom - t
        for _ in 0..<4 {
            let density = density(z)
            guard density > 0 else { break }
            let step = (cumulative(z) - probability) / density
            z -= step / (1 + z * step / 2)
        }
        return z
    }
}
