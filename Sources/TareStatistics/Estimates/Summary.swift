/// What one sample looks like: the numbers of a table row, in the unit of the values.
public struct Summary: Codable, Sendable, Hashable {
    /// How many values.
    public var count: Int
    /// The arithmetic mean.
    public var mean: Double
    /// The standard deviation with n - 1; 0 for one value.
    public var standardDeviation: Double
    /// The least value.
    public var minimum: Double
    /// The first quartile.
    public var firstQuartile: Double
    /// The median.
    public var median: Double
    /// The third quartile.
    public var thirdQuartile: Double
    /// The greatest value.
    public var maximum: Double
    /// The non-parametric 95% interval of the median.
    public var medianInterval: Finding<Interval>
    /// The 95th percentile, from 59 values on.
    public var p95: Finding<Double>
    /// The 99th percentile, from 299 values on.
    public var p99: Finding<Double>
    /// How many values Tukey's fences flag; all of them are in every other number.
    public var flagged: Int

    /// Summarises values in any order; `nil` where there are none.
    ///
    /// - Complexity: O(n log n).
    public init?(_ values: some Sequence<Double>) {
        let sorted = values.sorted()
        guard let least = sorted.first, let greatest = sorted.last else { return nil }
        let moments = Moments(sorted)
        count = sorted.count
        mean = moments.mean
        standardDeviation = moments.standardDeviation
        minimum = least
        maximum = greatest
        firstQuartile = Quantile.ofSorted(0.25, sorted)
        median = Quantile.ofSorted(0.5, sorted)
        thirdQuartile = Quantile.ofSorted(0.75, sorted)
        medianInterval = Quantile.intervalOfSorted(0.5, sorted).map(\.interval)
        func tail(_ probability: Double) -> Finding<Double> {
            let need = MinimumCount.forQuantile(probability)
            return sorted.count >= need
                ? .found(Quantile.ofSorted(probability, sorted)) : .notEnoughData(have: sorted.count, need: need)
        }
        p95 = tail(0.95)
        p99 = tail(0.99)
        flagged = OutlierFlags.tukey(sorted).count { $0 }
    }
}
