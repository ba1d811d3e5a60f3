/// The Mann-Whitney U test of two independent samples, with Cliff's delta as the size of the effect.
public struct MannWhitney: Codable, Sendable, Hashable {
    /// Pairs in which the first sample's value is greater, ties as halves.
    public var statistic: Double
    /// The two-sided p value.
    public var pValue: Double
    /// Whether p was counted exactly (no ties, small samples) or comes from the normal approximation.
    public var isExact: Bool
    /// Cliff's delta: the chance that a first value is greater less the chance that it is less, -1 to 1.
    public var delta: Double
    /// The 95% interval of delta (Feng & Cliff 2004).
    public var deltaInterval: Interval

    /// Tests two samples.
    ///
    /// - Parameters:
    ///   - first: the first sample.
    ///   - second: the second sample.
    /// - Returns: the test, or how many values each side needs.
    /// - Complexity: O(n log n); with exact p, n x m x (n + m) for n x m up to 2,500.
    public static func test(_ first: [Double], _ second: [Double]) -> Finding<MannWhitney> {
        let smaller = min(first.count, second.count)
        guard smaller >= MinimumCount.forRankTest else {
            return .notEnoughData(have: smaller, need: MinimumCount.forRankTest)
        }
        return .found(unchecked(first, second))
    }

    /// The test without the rule on the number of values: for checking it against published small samples.
    static func unchecked(_ first: [Double], _ second: [Double]) -> MannWhitney {
        let n = Double(first.count)
        let m = Double(second.count)
        let ranked = Ranks(first + second)
        let statistic = ranked.ranks.prefix(first.count).reduce(0, +) - n * (n + 1) / 2
        let exact = ranked.tieTerm == 0 && first.count * second.count <= 2_500
        let p: Double
        if exact {
            let greater = max(statistic, n * m - statistic)
            p = min(1, 2 * exactTail(from: Int(greater), first.count, second.count))
        } else {
            let total = n + m
            let variance = n * m / 12 * (total + 1 - ranked.tieTerm / (total * (total - 1)))
            let away = max(0, abs(statistic - n * m / 2) - 0.5)
            p = variance > 0 ? min(1, 2 * NormalDistribution.cumulative(-away / variance.squareRoot())) : 1
        }
        let effect = CliffDelta(first, second)
        return MannWhitney(
            statistic: statistic,
            pValue: p,
            isExact: exact,
            delta: effect.value,
            deltaInterval: effect.interval()
        )
    }

    /// The share of all arrangements whose U is at least `least`.
    private static func exactTail(from least: Int, _ n: Int, _ m: Int) -> Double {
        // ways[k][u]: k of the ranks seen so far belong to the first sample and their U is u, as a share of all.
        var ways = [[Double]](repeating: [Double](repeating: 0, count: n * m + 1), count: n + 1)
        ways[0][0] = 1
        for seen in 1...(n + m) {
            for taken in stride(from: min(n, seen), through: max(0, seen - m), by: -1) {
                let others = seen - taken
                for u in 0...(n * m) {
                    let stayed = others > 0 ? ways[taken][u] * Double(others) / Double(seen) : 0
                    // Taking the value of this rank puts it above all others seen so far.
                    let came =
                        taken > 0 && u >= others
                        ? ways[taken - 1][u - others] * Double(taken) / Double(seen) : 0
                    ways[taken][u] = stayed + came
                }
            }
        }
        return ways[n][min(max(least, 0), n * m)...].reduce(0, +)
    }
}
