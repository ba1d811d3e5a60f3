/// The two-sample Kolmogorov-Smirnov test: whether two samples come from one distribution, whatever differs.
public struct KolmogorovSmirnov: Codable, Sendable, Hashable {
    /// The greatest distance of the two empirical distributions, 0 to 1.
    public var distance: Double
    /// The two-sided p value; with ties it is at most too great.
    public var pValue: Double
    /// Whether p was counted over all arrangements.
    public var isExact: Bool

    /// Tests two samples.
    ///
    /// - Parameters:
    ///   - first: the first sample.
    ///   - second: the second sample.
    /// - Returns: the test, or how many values each side needs.
    /// - Complexity: O(n m) for n x m up to 1,000,000, O(n log n) beyond.
    public static func test(_ first: [Double], _ second: [Double]) -> Finding<KolmogorovSmirnov> {
        let smaller = min(first.count, second.count)
        guard smaller >= MinimumCount.forDistance else {
            return .notEnoughData(have: smaller, need: MinimumCount.forDistance)
        }
        let n = first.count
        let m = second.count
        let steps = distanceInSteps(first.sorted(), second.sorted())
        let distance = Double(steps) / Double(n) / Double(m)
        let exact = n <= 1_000_000 / m
        let effective = Double(n) * Double(m) / Double(n + m)
        return .found(
            KolmogorovSmirnov(
                distance: distance,
                pValue: exact
                    ? exactP(steps, n, m) : KolmogorovDistribution.survival(effective.squareRoot() * distance),
                isExact: exact
            )
        )
    }

    /// The greatest distance in units of 1 / (n m), so that it stays a whole number.
    private static func distanceInSteps(_ first: [Double], _ second: [Double]) -> Int {
        var i = 0
        var j = 0
        var greatest = 0
        while i < first.count, j < second.count {
            let value = min(first[i], second[j])
            while i < first.count, first[i] == value { i += 1 }
            while j < second.count, second[j] == value { j += 1 }
            greatest = max(greatest, abs(i * second.count - j * first.count))
        }
        return greatest
    }

    /// The share of all arrangements whose distance is at least `steps`.
    ///
    /// Walks the lattice of arrangements and keeps the share of paths that never came so far.
    private static func exactP(_ steps: Int, _ n: Int, _ m: Int) -> Double {
        if steps == 0 { return 1 }
        var row = [Double](repeating: 0, count: m + 1)
        for i in 0...n {
            for j in 0...m {
                if abs(i * m - j * n) >= steps {
                    row[j] = 0
                } else if i == 0 && j == 0 {
                    row[j] = 1
                } else {
                    let fromFirst = i > 0 ? row[j] * Double(i) : 0
                    let fromSecond = j > 0 ? row[j - 1] * Double(j) : 0
                    row[j] = (fromFirst + fromSecond) / Double(i + j)
                }
            }
        }
        return min(1, max(0, 1 - row[m]))
    }
}
