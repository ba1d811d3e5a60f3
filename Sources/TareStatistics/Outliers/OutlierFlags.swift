/// Flags values far from the others; it never drops one.
public enum OutlierFlags {
    /// Tukey's fences: beyond `fence` interquartile ranges from the quartiles.
    ///
    /// - Parameters:
    ///   - values: the values in any order.
    ///   - fence: 1.5 for outside, 3 for far outside.
    /// - Returns: a flag for each value, in the order given.
    public static func tukey(_ values: [Double], fence: Double = 1.5) -> [Bool] {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return [] }
        let low = Quantile.ofSorted(0.25, sorted)
        let high = Quantile.ofSorted(0.75, sorted)
        let reach = fence * (high - low)
        return values.map { $0 < low - reach || $0 > high + reach }
    }

    /// Modified z score by the median absolute deviation (Iglewicz & Hoaglin 1993): 0.6745 |x - median| / MAD > 3.5.
    ///
    /// Where more than half of the values are equal the deviation is 0 and every other value is flagged.
    public static func medianDeviation(_ values: [Double], threshold: Double = 3.5) -> [Bool] {
        guard let median = Quantile.median(values) else { return [] }
        let away = values.map { abs($0 - median) }
        guard let deviation = Quantile.median(away) else { return [] }
        return away.map { 0.6745 * $0 > threshold * deviation }
    }
}
