/// Count, mean and variance of a sample in one pass (Welford 1962), without cancellation.
public struct Moments: Codable, Sendable, Hashable {
    /// How many values.
    public private(set) var count = 0
    /// The arithmetic mean; 0 of no values.
    public private(set) var mean = 0.0
    private var squares = 0.0

    /// Takes the values in.
    public init(_ values: some Sequence<Double> = []) {
        for value in values { add(value) }
    }

    /// Takes one more value in.
    public mutating func add(_ value: Double) {
        count += 1
        let away = value - mean
        mean += away / Double(count)
        squares += away * (value - mean)
    }

    /// The variance with n - 1; 0 of fewer than two values.
    public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }
    /// The square root of the variance.
    public var standardDeviation: Double { variance.squareRoot() }

    /// Student's interval of the mean.
    public func meanInterval(level: Double = 0.95) -> Finding<Interval> {
        guard count >= MinimumCount.forSpread else {
            return .notEnoughData(have: count, need: MinimumCount.forSpread)
        }
        let t = StudentDistribution.quantile((1 + level) / 2, degrees: Double(count - 1))
        let half = t * (variance / Double(count)).squareRoot()
        return .found(Interval(low: mean - half, high: mean + half, level: level))
    }
}
