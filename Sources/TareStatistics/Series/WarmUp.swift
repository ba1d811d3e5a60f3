/// How much of a series' start to delete: the marginal standard error rule on batches of five (MSER-5; White 1997).
///
/// Of every length d of the start it takes the one after which the squared error of the remaining mean,
/// sum (x - mean)^2 / (k - d)^2 over the k batches, is least.
public struct WarmUp: Codable, Sendable, Hashable {
    /// Values to delete, a multiple of five.
    public var deleted: Int
    /// Values that were looked at: the series without an unfilled last batch.
    public var considered: Int
    /// The mean of what remains.
    public var mean: Double

    /// Whether a warm-up ended in the first half; where it did not, the run is too short to tell and needs to go on.
    public var isFound: Bool { 2 * deleted <= considered }

    /// Finds the warm-up of a series in its order.
    ///
    /// - Parameter series: values in order of time.
    /// - Returns: the warm-up, or how many values are needed.
    /// - Complexity: O(n).
    public static func mser5(_ series: [Double]) -> Finding<WarmUp> {
        guard series.count >= MinimumCount.forWarmUp else {
            return .notEnoughData(have: series.count, need: MinimumCount.forWarmUp)
        }
        let count = series.count / 5
        let means = (0..<count).map { Moments(series[(5 * $0)..<(5 * $0 + 5)]).mean }
        // From the end, so that each remaining part grows by one value; of equal errors the shortest deletion wins.
        var remaining = Moments()
        var best: (deleted: Int, error: Double, mean: Double)?
        for start in means.indices.reversed() {
            remaining.add(means[start])
            guard remaining.count >= 5 else { continue }
            let kept = Double(remaining.count)
            let error = remaining.variance * (kept - 1) / (kept * kept)
            if error <= best?.error ?? .infinity { best = (start, error, remaining.mean) }
        }
        guard let best else { return .notEnoughData(have: series.count, need: MinimumCount.forWarmUp) }
        return .found(WarmUp(deleted: 5 * best.deleted, considered: 5 * count, mean: best.mean))
    }
}
