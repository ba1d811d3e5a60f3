/// The mean of a correlated series with an interval: by means of batches, which are nearly independent if long enough.
///
/// Student's interval over the batch means, and a check that the batches are long enough: the lag-1 correlation of
/// their means against what independent means would show (von Neumann's ratio as Fishman 1978 uses it).
public struct BatchMeans: Codable, Sendable, Hashable {
    /// The mean over all batches.
    public var mean: Double
    /// Student's interval over the batch means.
    public var interval: Interval
    /// How many batches.
    public var batches: Int
    /// Values a batch.
    public var batchSize: Int
    /// Values at the front that fill no batch and were left out.
    public var leftOut: Int
    /// The lag-1 correlation of the batch means, -1 to 1.
    public var lag1: Double
    /// The p value against independent batches, towards positive correlation.
    public var lagPValue: Double

    /// Whether the batches show no positive correlation at 5%; where not, the interval is too short: use longer batches.
    public var areIndependent: Bool { lagPValue >= 0.05 }

    /// Estimates the mean of a series in its order.
    ///
    /// - Parameters:
    ///   - series: values in order of time, warm-up deleted.
    ///   - batches: how many batches, 10 to 30 as a rule (Schmeiser 1982).
    ///   - level: the wanted coverage.
    /// - Returns: the estimate, or how many values are needed: two a batch.
    /// - Complexity: O(n).
    public static func of(_ series: [Double], batches: Int = 20, level: Double = 0.95) -> Finding<BatchMeans> {
        precondition(batches >= MinimumCount.forBatches, "fewer than ten batches cannot be checked")
        let size = series.count / batches
        guard size >= 2 else { return .notEnoughData(have: series.count, need: 2 * batches) }
        let leftOut = series.count - size * batches
        let means = (0..<batches).map { batch in
            Moments(series[(leftOut + batch * size)..<(leftOut + (batch + 1) * size)]).mean
        }
        let moments = Moments(means)
        return moments.meanInterval(level: level).map { interval in
            let lag = Autocorrelation.lag1(means)
            return BatchMeans(
                mean: moments.mean,
                interval: interval,
                batches: batches,
                batchSize: size,
                leftOut: leftOut,
                lag1: lag.correlation,
                lagPValue: lag.pValue
            )
        }
    }
}
