/// Whether a series came to a steady state, and how.
///
/// The classes are those of Barrett and others (2017). Parts between change points whose medians differ by no more than
/// the tolerance from the last part's are one with it. That last level is steady only if it holds for the last quarter of
/// the series; otherwise there is none, and no single number describes the series.
public enum SteadyState: Codable, Sendable, Hashable {
    /// No change of level.
    case flat
    /// Greater values first, then a steady level from this index on.
    case warmUp(from: Int)
    /// Less first, then a steady level from this index on.
    case slowDown(from: Int)
    /// No steady state: the level last changed at this index, too near to the end.
    case notReached(lastChange: Int)

    /// The first index of the steady level; `nil` where there is none.
    public var start: Int? {
        switch self {
        case .flat: 0
        case .warmUp(let from), .slowDown(let from): from
        case .notReached: nil
        }
    }

    /// Classifies a series.
    ///
    /// - Parameters:
    ///   - series: values in order of time, less is better; near to independent, else batch means.
    ///   - tolerance: a difference of medians that does not matter, as a share of the last median.
    ///   - level: the wanted chance of any change where there is none.
    /// - Returns: the class, or how many values are needed.
    /// - Complexity: O(n log n) a change of level.
    public static func check(
        _ series: [Double],
        tolerance: Double = 0.01,
        level: Double = 0.05
    ) -> Finding<SteadyState> {
        guard series.count >= MinimumCount.forWarmUp else {
            return .notEnoughData(have: series.count, need: MinimumCount.forWarmUp)
        }
        let starts = [0] + ChangePoints.find(series, level: level)
        let ends = starts.dropFirst() + [series.count]
        let medians = zip(starts, ends).map { Quantile.median(series[$0..<$1]) ?? 0 }
        guard let last = medians.last else { return .found(.flat) }
        let same = medians.map { abs($0 - last) <= tolerance * abs(last) }
        guard let differing = same.lastIndex(of: false) else { return .found(.flat) }
        let start = starts[differing + 1]
        guard 4 * (series.count - start) >= series.count else { return .found(.notReached(lastChange: start)) }
        return .found(medians[differing] > last ? .warmUp(from: start) : .slowDown(from: start))
    }
}
