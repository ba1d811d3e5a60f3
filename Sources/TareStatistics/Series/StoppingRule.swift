/// Stops repeating when the median is known well enough.
public struct StoppingRule: Codable, Sendable, Hashable {
    /// What to do after the values so far.
    public enum Decision: Codable, Sendable, Hashable {
        /// Go on: below the least count, or not precise yet.
        case goOn
        /// The wanted precision is reached.
        case precise
        /// The greatest count is reached and the precision is not.
        case exhausted
    }

    /// The wanted half width of the median's 95% interval as a share of the median.
    public var relativeHalfWidth: Double
    /// Repetitions before the rule is asked at all.
    public var minimum: Int
    /// Repetitions at which it ends in any case.
    public var maximum: Int

    /// Makes a rule.
    public init(relativeHalfWidth: Double = 0.05, minimum: Int = 10, maximum: Int = 200) {
        self.relativeHalfWidth = relativeHalfWidth
        self.minimum = minimum
        self.maximum = max(minimum, maximum)
    }

    /// Decides after the values so far.
    ///
    /// - Complexity: O(n log n).
    public func decide(_ values: [Double]) -> Decision {
        guard values.count >= minimum else { return .goOn }
        let sorted = values.sorted()
        if let found = Quantile.intervalOfSorted(0.5, sorted).value,
            found.interval.relativeHalfWidth(of: Quantile.ofSorted(0.5, sorted)) <= relativeHalfWidth
        {
            return .precise
        }
        return values.count >= maximum ? .exhausted : .goOn
    }

    /// The interval of the median that `count` values are expected to give, from a pilot.
    ///
    /// The ranks of the interval at `count`, as shares of the pilot's quantile function.
    public static func expectedInterval(at count: Int, pilot: [Double]) -> Finding<Interval> {
        guard let ranks = Quantile.intervalRanks(0.5, count: count, level: 0.95) else {
            return .notEnoughData(have: count, need: MinimumCount.forQuantile(0.5))
        }
        let sorted = pilot.sorted()
        guard sorted.count >= MinimumCount.forQuantile(0.5) else {
            return .notEnoughData(have: sorted.count, need: MinimumCount.forQuantile(0.5))
        }
        let whole = Double(count + 1)
        return .found(
            Interval(
                low: Quantile.ofSorted(Double(ranks.low) / whole, sorted),
                high: Quantile.ofSorted(Double(ranks.high) / whole, sorted)
            )
        )
    }
}
