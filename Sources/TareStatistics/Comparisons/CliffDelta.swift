/// Cliff's delta: how far two samples stand apart, without a word about how they are distributed.
public struct CliffDelta: Codable, Sendable, Hashable {
    /// P(first > second) - P(first < second), -1 to 1.
    public var value: Double
    private var variance: Double
    private var smaller: Double

    /// Compares two samples, neither empty.
    ///
    /// - Complexity: O((n + m) log(n + m)).
    public init(_ first: [Double], _ second: [Double]) {
        precondition(!first.isEmpty && !second.isEmpty, "a comparison needs two samples")
        let n = Double(first.count)
        let m = Double(second.count)
        let rows = CliffDelta.dominance(of: first, over: second.sorted())
        let columns = CliffDelta.dominance(of: second, over: first.sorted())
        let delta = rows.map(\.mean).reduce(0, +) / n
        var rowSquares = 0.0
        for row in rows { rowSquares += (row.mean - delta) * (row.mean - delta) }
        var columnSquares = 0.0
        for column in columns { columnSquares += (column.mean + delta) * (column.mean + delta) }
        let untied = rows.map(\.untied).reduce(0, +)
        let cells = untied - n * m * delta * delta
        value = delta
        smaller = min(n, m)
        if n > 1, m > 1 {
            let unbiased = (m * m * rowSquares + n * n * columnSquares - cells) / (n * m * (n - 1) * (m - 1))
            variance = max(unbiased, (1 - delta * delta) / (n * m - 1))
        } else {
            variance = 1
        }
    }

    /// The asymmetric interval of Feng & Cliff (2004), which stays within -1 and 1.
    public func interval(level: Double = 0.95) -> Interval {
        let z = NormalDistribution.quantile((1 + level) / 2)
        guard abs(value) < 1 else {
            let inner = max(-1, (smaller - z * z) / (smaller + z * z))
            return Interval(low: value > 0 ? inner : -1, high: value > 0 ? 1 : -inner, level: level)
        }
        let rest = 1 - value * value
        let reach = z * (variance * (rest * rest + z * z * variance)).squareRoot()
        let bottom = rest + z * z * variance
        let middle = value - value * value * value
        return Interval(
            low: max(-1, (middle - reach) / bottom),
            high: min(1, (middle + reach) / bottom),
            level: level
        )
    }

    private static func dominance(of values: [Double], over sorted: [Double]) -> [(mean: Double, untied: Double)] {
        values.map { value in
            let below = firstIndex(in: sorted) { $0 >= value }
            let notAbove = firstIndex(in: sorted) { $0 > value }
            let above = sorted.count - notAbove
            return (Double(below - above) / Double(sorted.count), Double(below + above))
        }
    }

    private static func firstIndex(in sorted: [Double], where holds: (Double) -> Bool) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
