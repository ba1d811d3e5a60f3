import Glibc

/// The incomplete beta and gamma integrals that every sampling distribution here is made from.
///
/// Continued fractions by Lentz's method and the power series, as in Abramowitz & Stegun 6.5 and 26.5; relative error
/// below 1e-12 for arguments up to about 1e5.
enum SpecialFunctions {
    /// ln of the gamma function, for positive arguments.
    static func logGamma(_ x: Double) -> Double { lgamma(x).0 }

    /// I_x(a, b), the regularised incomplete beta integral.
    ///
    /// - Complexity: O(sqrt(max(a, b))) steps.
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
        )
        // The fraction converges fast only on the near side of the mean; the other side follows by symmetry.
        if x < (a + 1) / (a + b + 2) { return front * betaFraction(x, a, b) / a }
        return 1 - front * betaFraction(1 - x, b, a) / b
    }

    /// P(a, x), the regularised lower incomplete gamma integral.
    static func incompleteGamma(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 0 }
        let front = exp(a * log(x) - x - logGamma(a))
        if x < a + 1 {
            var term = 1 / a
            var sum = term
            var index = a
            for _ in 0..<100_000 {
                index += 1
                term *= x / index
                sum += term
                if term < sum * 1e-16 { break }
            }
            return front * sum
        }
        return 1 - front * gammaFraction(a, x)
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        var result = d
        for step in 1...100_000 {
            let m = Double(step)
            for numerator in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 + numerator * d
                if abs(d) < tiny { d = tiny }
                c = 1 + numerator / c
                if abs(c) < tiny { c = tiny }
                d = 1 / d
                result *= d * c
            }
            if abs(d * c - 1) < 1e-16 { break }
        }
        return result
    }

    private static func gammaFraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var result = d
        for step in 1...100_000 {
            let i = Double(step)
            let numerator = -i * (i - a)
            b += 2
            d = numerator * d + b
            if abs(d) < tiny { d = tiny }
            c = b + numerator / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 1e-16 { break }
        }
        return result
    }

    /// The argument at which a rising function reaches `target`, by bisection to the last bit.
    ///
    /// - Complexity: at most 200 calls of `function`.
    static func inverse(
        of function: (Double) -> Double,
        target: Double,
        low: Double,
        high: Double
    ) -> Double {
        var low = low
        var high = high
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if function(middle) < target { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    /// As `inverse(of:target:low:high:)` on 0 to infinity: doubles the upper end until it is far enough.
    static func inverseOnPositive(of function: (Double) -> Double, target: Double) -> Double {
        var high = 1.0
        while function(high) < target, high < 1e300 { high *= 2 }
        return inverse(of: function, target: target, low: 0, high: high)
    }
}
