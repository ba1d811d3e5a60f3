import Glibc

/// How many independent values a statistic needs before it may be printed.
public enum MinimumCount {
    /// Values for the interval of quantile `probability` at `level`: smallest n with p^n + (1 - p)^n <= 1 - level.
    ///
    /// 6 for the median, 59 for p95 and 299 for p99 at 95%.
    /// - Complexity: O(answer).
    public static func forQuantile(_ probability: Double, level: Double = 0.95) -> Int {
        precondition(probability > 0 && probability < 1 && level > 0 && level < 1, "both lie between 0 and 1")
        var count = 1
        while pow(probability, Double(count)) + pow(1 - probability, Double(count)) > 1 - level { count += 1 }
        return count
    }

    /// Values on each side for a Mann-Whitney test.
    public static let forRankTest = 9
    /// Repetitions of a start below which nothing is compared; hyperfine's default minimum.
    public static let forRepetitions = 10
    /// Values for an interval by bootstrap: with fewer the resamples are too few to mean anything.
    public static let forBootstrap = 6
    /// Values for a standard deviation, and for an interval of a mean.
    public static let forSpread = 2
    /// Differences other than zero for a signed-rank test: with five the least p is 0.0625.
    public static let forSignedRanks = 6
    /// Values on each side for a Kolmogorov-Smirnov test: with fewer it can hardly reject.
    public static let forDistance = 5
    /// Batches for batch means, so that their lag-1 correlation can be checked.
    public static let forBatches = 10
    /// Values of a series for its warm-up or steady state.
    public static let forWarmUp = 50
    /// Points for a slope with an interval.
    public static let forSlope = 3
}
