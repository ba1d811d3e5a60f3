import Glibc

/// How a quantity grows with another: the slope of a straight line through their logarithms, y = c x^slope.
///
/// 1 is proportional, 0 constant, 2 quadratic. Least squares with Student's interval; the residuals should show no
/// curve, else there is no single exponent.
public struct ScalingExponent: Codable, Sendable, Hashable {
    /// The exponent.
    public var slope: Double
    /// The interval of the exponent.
    public var interval: Interval
    /// The value at x = 1, in the unit of y.
    public var factor: Double
    /// The share of the variance of ln y that the line explains, 0 to 1; 1 where y does not vary.
    public var determination: Double
    /// How many points.
    public var count: Int

    /// Fits points with positive coordinates.
    ///
    /// - Parameters:
    ///   - x: the sizes, above 0, not all equal.
    ///   - y: the quantities, above 0, as many.
    ///   - level: the wanted coverage.
    /// - Returns: the fit, or how many points are needed; one value of x alone counts as one point.
    /// - Complexity: O(n).
    public static func fit(_ x: [Double], _ y: [Double], level: Double = 0.95) -> Finding<ScalingExponent> {
        precondition(x.count == y.count, "a point has two coordinates")
        precondition(x.allSatisfy { $0 > 0 } && y.allSatisfy { $0 > 0 }, "a logarithm needs positive values")
        let need = MinimumCount.forSlope
        let distinct = Set(x).count
        guard x.count >= need, distinct > 1 else { return .notEnoughData(have: min(x.count, distinct), need: need) }
        let left = x.map { log($0) }
        let right = y.map { log($0) }
        let middle = (x: Moments(left).mean, y: Moments(right).mean)
        var across = 0.0
        var up = 0.0
        var both = 0.0
        for (a, b) in zip(left, right) {
            across += (a - middle.x) * (a - middle.x)
            up += (b - middle.y) * (b - middle.y)
            both += (a - middle.x) * (b - middle.y)
        }
        let slope = both / across
        let residue = max(0, up - slope * both)
        let degrees = Double(x.count - 2)
        let error = (residue / degrees / across).squareRoot()
        let half = error * StudentDistribution.quantile((1 + level) / 2, degrees: degrees)
        return .found(
            ScalingExponent(
                slope: slope,
                interval: Interval(low: slope - half, high: slope + half, level: level),
                factor: exp(middle.y - slope * middle.x),
                determination: up > 0 ? 1 - residue / up : 1,
                count: x.count
            )
        )
    }
}
