/// Two arms that were run as pairs, compared within the pairs: by difference and by ratio.
///
/// What a pair shares (the block, the seed, the time of day) falls out, which an unpaired comparison keeps as noise.
///
///     (first, second) a pair -> differences -> median, two intervals, signed-rank test
///                            -> ratios      -> median, two intervals
public struct PairedComparison: Codable, Sendable, Hashable {
    /// A median over the pairs, with two intervals that rest on different assumptions.
    public struct Estimate: Codable, Sendable, Hashable {
        /// The median over the pairs.
        public var median: Double
        /// Between two of the values themselves: exact coverage, no assumption beyond independence; needs six pairs.
        public var orderStatistic: Finding<Interval>
        /// By BCa bootstrap of the median: often shorter, coverage only near the level in small samples.
        public var bootstrap: Finding<Interval>
    }

    /// How many pairs.
    public var count: Int
    /// First less second, in the values' unit.
    public var difference: Estimate
    /// First over second; `nil` where a second value is zero or the two differ in sign.
    public var ratio: Estimate?
    /// Whether the differences lie evenly about zero.
    public var signedRank: Finding<WilcoxonSignedRank>

    /// Compares pairs.
    ///
    /// - Parameters:
    ///   - first: the values of the first arm, in the order of the pairs.
    ///   - second: the values of the second arm, as many.
    ///   - level: the wanted coverage of each interval.
    ///   - resamples: samples that each bootstrap draws.
    ///   - seed: equal seeds give equal intervals.
    /// - Returns: the comparison, or how many pairs are needed for its intervals.
    /// - Complexity: O(resamples x n log n).
    public static func of(
        _ first: [Double],
        _ second: [Double],
        level: Double = 0.95,
        resamples: Int = 10_000,
        seed: UInt64 = 1
    ) -> Finding<PairedComparison> {
        precondition(first.count == second.count, "a pair has two values")
        let need = MinimumCount.forQuantile(0.5, level: level)
        guard first.count >= need else { return .notEnoughData(have: first.count, need: need) }
        func estimate(_ values: [Double]) -> Estimate {
            let sorted = values.sorted()
            return Estimate(
                median: Quantile.ofSorted(0.5, sorted),
                orderStatistic: Quantile.intervalOfSorted(0.5, sorted, level: level).map(\.interval),
                bootstrap: Bootstrap.interval(of: values, level: level, resamples: resamples, seed: seed) {
                    Quantile.median($0) ?? 0
                }
            )
        }
        let pairs = zip(first, second)
        let differences = pairs.map { $0 - $1 }
        let canDivide = pairs.allSatisfy { ($0 >= 0 && $1 > 0) || ($0 <= 0 && $1 < 0) }
        return .found(
            PairedComparison(
                count: first.count,
                difference: estimate(differences),
                ratio: canDivide ? estimate(pairs.map { $0 / $1 }) : nil,
                signedRank: WilcoxonSignedRank.test(differences)
            )
        )
    }
}
