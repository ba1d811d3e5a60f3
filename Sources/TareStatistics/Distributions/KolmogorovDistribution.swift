import Glibc

/// The limit distribution of the scaled Kolmogorov-Smirnov distance.
public enum KolmogorovDistribution {
    /// The probability of a scaled distance of at least `x`.
    ///
    /// - Complexity: O(1); two series, each where it converges fast.
    public static func survival(_ x: Double) -> Double {
        guard x > 0 else { return 1 }
        if x < 1 {
            var sum = 0.0
            for k in 1...20 {
                let odd = Double(2 * k - 1)
                sum += exp(-odd * odd * Double.pi * Double.pi / (8 * x * x))
            }
            return 1 - (2 * Double.pi).squareRoot() / x * sum
        }
        var sum = 0.0
        for k in 1...20 {
            let sign: Double = k % 2 == 1 ? 1 : -1
            sum += sign * exp(-2 * Double(k * k) * x * x)
        }
        return 2 * sum
    }
}
