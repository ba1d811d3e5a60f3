/// Quantiles of a sample by linear interpolation (type 7 of Hyndman & Fan 1996, the default of R and numpy).
public enum Quantile {
    /// The quantile of values that are sorted already.
    ///
    /// - Parameters:
    ///   - probability: 0 (the least) to 1 (the greatest).
    ///   - sorted: rising values, at least one.
    /// - Returns: the interpolated value.
    /// - Complexity: O(1).
    public static func ofSorted(_ probability: Double, _ sorted: [Double]) -> Double {
        precondition(!sorted.isEmpty && (0...1).contains(probability), "a quantile needs values and a probability")
        let position = probability * Double(sorted.count - 1)
        let below = Int(position)
        let rest = position - Double(below)
        guard rest > 0, below + 1 < sorted.count else { return sorted[below] }
        return sorted[below] + rest * (sorted[below + 1] - sorted[below])
    }

    /// The quantile of values in any order, or `nil` where there are none.
    ///
    /// - Complexity: O(n log n).
    public static func of(_ probability: Double, _ values: some Sequence<Double>) -> Double? {
        let sorted = values.sorted()
        return sorted.isEmpty ? nil : ofSorted(probability, sorted)
    }

    /// The median of values in any order, or `nil` where there are none.
    public static func median(_ values: some Sequence<Double>) -> Double? { of(0.5, values) }
}
