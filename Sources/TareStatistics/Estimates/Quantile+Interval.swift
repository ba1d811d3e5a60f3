extension Quantile {
    /// An interval of a quantile between two values of the sample, and how often such an interval covers.
    public struct OrderStatisticInterval: Codable, Sendable, Hashable {
        /// The interval.
        public var interval: Interval
        /// The position of the lower end among the sorted values, from 1.
        public var lowRank: Int
        /// The position of the upper end among the sorted values, from 1.
        public var highRank: Int
        /// The exact probability of covering, at least the wanted level.
        public var coverage: Double
    }

    /// The ranks of the shortest interval of a quantile with at most half of the error on either side, or `nil` where n is
    /// too small.
    ///
    /// For a tail so far out that the greatest value alone leaves more than half of the error, the other side gets what
    /// is left. Distribution-free: the number of values below the quantile is binomial (David & Nagaraja 2003, 7.1).
    static func intervalRanks(
        _ probability: Double,
        count: Int,
        level: Double
    ) -> (low: Int, high: Int, coverage: Double)? {
        guard count >= MinimumCount.forQuantile(probability, level: level) else { return nil }
        // The chance that fewer than `rank` values lie below the quantile.
        func below(_ rank: Int) -> Double {
            BinomialDistribution.cumulative(rank - 1, trials: count, chance: probability)
        }
        let error = 1 - level
        let beyondGreatest = 1 - below(count)
        let beyondLeast = below(1)
        let lowError = beyondGreatest > error / 2 ? error - beyondGreatest : max(error / 2, beyondLeast)
        let highError = beyondLeast > error / 2 ? error - beyondLeast : max(error / 2, beyondGreatest)
        let low = lastRank(in: 1...count) { below($0) <= lowError }
        let high = count + 1 - lastRank(in: 1...count) { 1 - below(count + 1 - $0) <= highError }
        return (low, high, below(high) - below(low))
    }

    /// The last rank at which `holds`, which holds up to some rank and not after it; the first rank where it never does.
    private static func lastRank(in ranks: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int {
        var low = ranks.lowerBound
        var high = ranks.upperBound
        while low < high {
            let middle = (low + high + 1) / 2
            if holds(middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The non-parametric interval of a quantile.
    ///
    /// - Parameters:
    ///   - probability: which quantile, above 0 and below 1.
    ///   - values: the values in any order.
    ///   - level: the wanted coverage.
    /// - Returns: two values of the sample as the ends, or how many values are needed.
    /// - Complexity: O(n log n).
    public static func interval(
        _ probability: Double,
        _ values: some Sequence<Double>,
        level: Double = 0.95
    ) -> Finding<OrderStatisticInterval> {
        intervalOfSorted(probability, values.sorted(), level: level)
    }

    /// As `interval(_:_:level:)`, of values that are sorted already.
    public static func intervalOfSorted(
        _ probability: Double,
        _ sorted: [Double],
        level: Double = 0.95
    ) -> Finding<OrderStatisticInterval> {
        guard let ranks = intervalRanks(probability, count: sorted.count, level: level) else {
            return .notEnoughData(have: sorted.count, need: MinimumCount.forQuantile(probability, level: level))
        }
        return .found(
            OrderStatisticInterval(
                interval: Interval(low: sorted[ranks.low - 1], high: sorted[ranks.high - 1], level: level),
                lowRank: ranks.low,
                highRank: ranks.high,
                coverage: ranks.coverage
            )
        )
    }
}
