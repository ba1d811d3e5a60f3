/// Wilcoxon's signed-rank test of paired differences: whether they lie evenly about zero.
///
/// Differences of zero are left out, as Wilcoxon did; equal sizes share their mean rank. p is counted over all signs, so
/// it stays exact with ties, up to 100 differences; beyond that it is the normal approximation with both corrections.
public struct WilcoxonSignedRank: Codable, Sendable, Hashable {
    /// How many differences are not zero.
    public var count: Int
    /// The sum of the ranks of the positive differences.
    public var positiveRanks: Double
    /// The sum of the ranks of the negative differences.
    public var negativeRanks: Double
    /// The two-sided p value.
    public var pValue: Double
    /// Whether p was counted over all signs.
    public var isExact: Bool

    /// The smaller of the two sums, as tables and scipy print it.
    public var statistic: Double { min(positiveRanks, negativeRanks) }

    /// Tests paired differences.
    ///
    /// - Parameter differences: first less second, a pair each.
    /// - Returns: the test, or how many differences other than zero are needed.
    /// - Complexity: O(n^3) up to 100 differences, O(n log n) beyond.
    public static func test(_ differences: [Double]) -> Finding<WilcoxonSignedRank> {
        let kept = differences.filter { $0 != 0 }
        guard kept.count >= MinimumCount.forSignedRanks else {
            return .notEnoughData(have: kept.count, need: MinimumCount.forSignedRanks)
        }
        let ranked = Ranks(kept.map { abs($0) })
        var positive = 0.0
        var negative = 0.0
        for (difference, rank) in zip(kept, ranked.ranks) {
            if difference > 0 { positive += rank } else { negative += rank }
        }
        let exact = kept.count <= 100
        let smaller = min(positive, negative)
        return .found(
            WilcoxonSignedRank(
                count: kept.count,
                positiveRanks: positive,
                negativeRanks: negative,
                pValue: exact ? exactP(ranked.ranks, smaller) : normalP(kept.count, ranked.tieTerm, smaller),
                isExact: exact
            )
        )
    }

    /// Twice the share of all signs whose sum is at most `smaller`.
    ///
    /// Ranks are doubled, so that a mean rank is a whole number.
    private static func exactP(_ ranks: [Double], _ smaller: Double) -> Double {
        let steps = ranks.map { Int(2 * $0) }
        var shares = [Double](repeating: 0, count: steps.reduce(0, +) + 1)
        shares[0] = 1
        var reach = 0
        for step in steps {
            reach += step
            for sum in stride(from: reach, through: 0, by: -1) {
                shares[sum] = shares[sum] / 2 + (sum >= step ? shares[sum - step] / 2 : 0)
            }
        }
        return min(1, 2 * shares[...Int(2 * smaller)].reduce(0, +))
    }

    private static func normalP(_ count: Int, _ tieTerm: Double, _ smaller: Double) -> Double {
        let n = Double(count)
        let variance = n * (n + 1) * (2 * n + 1) / 24 - tieTerm / 48
        let away = max(0, n * (n + 1) / 4 - smaller - 0.5)
        return variance > 0 ? min(1, 2 * NormalDistribution.cumulative(-away / variance.squareRoot())) : 1
    }
}
