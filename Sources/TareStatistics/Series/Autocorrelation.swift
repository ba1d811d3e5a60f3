/// How much neighbours in a series resemble each other.
public enum Autocorrelation {
    /// The correlation of neighbours, and the p value against independence towards positive correlation.
    ///
    /// The p value is that of von Neumann's ratio: C = 1 - sum (x[i] - x[i+1])^2 / (2 sum (x - mean)^2) has the variance
    /// (n - 2) / (n^2 - 1) for independent normal values. A constant series has correlation 0 and p 1.
    /// - Parameter values: the series in its order, at least eight for the approximation.
    /// - Returns: the correlation, -1 to 1, and the one-sided p value.
    /// - Complexity: O(n).
    public static func lag1(_ values: [Double]) -> (correlation: Double, pValue: Double) {
        let mean = Moments(values).mean
        var squares = 0.0
        for value in values { squares += (value - mean) * (value - mean) }
        guard squares > 0, values.count > 2 else { return (0, 1) }
        var products = 0.0
        var steps = 0.0
        for (value, next) in zip(values, values.dropFirst()) {
            products += (value - mean) * (next - mean)
            steps += (value - next) * (value - next)
        }
        let n = Double(values.count)
        let ratio = 1 - steps / (2 * squares)
        let error = ((n - 2) / (n * n - 1)).squareRoot()
        return (products / squares, NormalDistribution.cumulative(-ratio / error))
    }
}
