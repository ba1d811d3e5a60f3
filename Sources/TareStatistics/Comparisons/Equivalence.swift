import Glibc

/// Two one-sided tests (TOST; Schuirmann 1987): whether two arms are the same within a margin that was set before.
///
/// A p value above 0.05 in a test for a difference says nothing about sameness; this does.
public struct Equivalence: Codable, Sendable, Hashable {
    /// The estimated difference of the means, or ratio of the geometric means.
    public var estimate: Double
    /// The 1 - 2 alpha interval of the estimate: equivalence at alpha is this interval inside the margins.
    public var interval: Interval
    /// The least and the greatest value that count as the same.
    public var margins: Interval
    /// The p value against lying at or below the lower margin.
    public var pLower: Double
    /// The p value against lying at or above the upper margin.
    public var pUpper: Double
    /// The size of each one-sided test.
    public var alpha: Double

    /// The p value of the whole: the greater of the two.
    public var pValue: Double { max(pLower, pUpper) }
    /// Whether the arms are the same within the margins.
    public var isEquivalent: Bool { pValue < alpha }

    /// Whether the means of two independent samples differ by less than `margin` (Welch).
    ///
    /// - Parameters:
    ///   - first: the first sample.
    ///   - second: the second sample.
    ///   - margin: the greatest difference that does not matter, above 0, in the values' unit.
    ///   - alpha: the size of each one-sided test.
    /// - Returns: the test, or how many values each side needs.
    /// - Complexity: O(n).
    public static func independent(
        _ first: [Double],
        _ second: [Double],
        margin: Double,
        alpha: Double = 0.05
    ) -> Finding<Equivalence> {
        precondition(margin > 0, "a margin is greater than zero")
        let smaller = min(first.count, second.count)
        guard smaller >= MinimumCount.forRepetitions else {
            return .notEnoughData(have: smaller, need: MinimumCount.forRepetitions)
        }
        let left = Moments(first)
        let right = Moments(second)
        let leftShare = left.variance / Double(left.count)
        let rightShare = right.variance / Double(right.count)
        let squares =
            leftShare * leftShare / Double(left.count - 1) + rightShare * rightShare / Double(right.count - 1)
        let total = leftShare + rightShare
        return .found(
            decided(
                left.mean - right.mean,
                error: total.squareRoot(),
                degrees: squares > 0 ? total * total / squares : Double(smaller - 1),
                margin: margin,
                alpha: alpha
            )
        )
    }

    /// Whether the mean of paired differences is less than `margin` from zero.
    ///
    /// - Parameters:
    ///   - differences: first less second, a pair each.
    ///   - margin: the greatest difference that does not matter, above 0, in the values' unit.
    ///   - alpha: the size of each one-sided test.
    /// - Returns: the test, or how many pairs are needed.
    /// - Complexity: O(n).
    public static func paired(
        _ differences: [Double],
        margin: Double,
        alpha: Double = 0.05
    ) -> Finding<Equivalence> {
        precondition(margin > 0, "a margin is greater than zero")
        guard differences.count >= MinimumCount.forRepetitions else {
            return .notEnoughData(have: differences.count, need: MinimumCount.forRepetitions)
        }
        let moments = Moments(differences)
        return .found(
            decided(
                moments.mean,
                error: (moments.variance / Double(moments.count)).squareRoot(),
                degrees: Double(moments.count - 1),
                margin: margin,
                alpha: alpha
            )
        )
    }

    /// Whether the geometric means of two independent samples of positive values are within a factor of each other.
    ///
    /// - Parameters:
    ///   - first: the first sample, all above 0.
    ///   - second: the second sample, all above 0.
    ///   - factor: the greatest ratio that does not matter, above 1: 1.05 for 5%.
    ///   - alpha: the size of each one-sided test.
    /// - Returns: the test with estimate, interval and margins as ratios, or how many values each side needs.
    /// - Complexity: O(n).
    public static func ratio(
        _ first: [Double],
        _ second: [Double],
        factor: Double,
        alpha: Double = 0.05
    ) -> Finding<Equivalence> {
        precondition(factor > 1 && first.allSatisfy { $0 > 0 } && second.allSatisfy { $0 > 0 }, "ratios are positive")
        return independent(first.map { log($0) }, second.map { log($0) }, margin: log(factor), alpha: alpha).map {
            Equivalence(
                estimate: exp($0.estimate),
                interval: Interval(low: exp($0.interval.low), high: exp($0.interval.high), level: $0.interval.level),
                margins: Interval(low: 1 / factor, high: factor, level: 1),
                pLower: $0.pLower,
                pUpper: $0.pUpper,
                alpha: alpha
            )
        }
    }

    private static func decided(
        _ estimate: Double,
        error: Double,
        degrees: Double,
        margin: Double,
        alpha: Double
    ) -> Equivalence {
        func below(_ distance: Double) -> Double {
            // Without spread the estimate is what it is.
            guard error > 0 else { return distance < 0 ? 0 : 1 }
            return StudentDistribution.cumulative(distance / error, degrees: degrees)
        }
        let half = error > 0 ? error * StudentDistribution.quantile(1 - alpha, degrees: degrees) : 0
        return Equivalence(
            estimate: estimate,
            interval: Interval(low: estimate - half, high: estimate + half, level: 1 - 2 * alpha),
            margins: Interval(low: -margin, high: margin, level: 1),
            pLower: below(-margin - estimate),
            pUpper: below(estimate - margin),
            alpha: alpha
        )
    }
}
