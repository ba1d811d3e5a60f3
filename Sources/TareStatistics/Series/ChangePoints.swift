import Glibc

/// Where the level of a series changes: Pettitt's rank test (1979), applied to each part that it splits off.
public enum ChangePoints {
    /// One possible change.
    public struct Change: Codable, Sendable, Hashable {
        /// The first value after the change, counted from 0.
        public var index: Int
        /// Pettitt's K: how unevenly the ranks lie before and after.
        public var statistic: Double
        /// The two-sided p value, by Pettitt's approximation, at most 1.
        public var pValue: Double
    }

    /// The most likely change of a series; `nil` of fewer than two values or where all are equal.
    ///
    /// - Complexity: O(n log n).
    public static func strongest(_ series: ArraySlice<Double>) -> Change? {
        let values = Array(series)
        guard values.count > 1 else { return nil }
        let n = Double(values.count)
        var sum = 0.0
        var best: (index: Int, size: Double) = (0, 0)
        for (position, rank) in Ranks(values).ranks.dropLast().enumerated() {
            sum += rank
            let size = abs(2 * sum - Double(position + 1) * (n + 1))
            if size > best.size { best = (position + 1, size) }
        }
        guard best.size > 0 else { return nil }
        let p = min(1, 2 * exp(-6 * best.size * best.size / (n * n * n + n * n)))
        return Change(index: series.startIndex + best.index, statistic: best.size, pValue: p)
    }

    /// Every change of level, by rising index.
    ///
    /// Looks at the whole series and at overlapping windows of half, a quarter, ... of its length (seeded binary
    /// segmentation; Kovacs et al. 2023), since a level that comes and goes hides in the whole. Splits at the change
    /// with the least p and goes on with both parts. Values must be near to independent: of a correlated series give
    /// the batch means.
    /// - Parameters:
    ///   - series: values in order of time.
    ///   - level: the wanted chance of any change where there is none; shared among the windows (Bonferroni).
    ///   - shortest: values that a part must have.
    /// - Returns: the first index of every part but the first.
    /// - Complexity: O(n log^2 n) a change.
    public static func find(_ series: [Double], level: Double = 0.05, shortest: Int = 5) -> [Int] {
        precondition(shortest >= 2 && level > 0 && level < 1, "a part has two values and a level is a probability")
        let bar = level / Double(max(1, windows(in: series.indices, shortest: shortest).count))
        var found: [Int] = []
        var open = [series.indices]
        while let part = open.popLast() {
            let changes = windows(in: part, shortest: shortest).compactMap { strongest(series[$0]) }
            guard let change = changes.min(by: { $0.pValue < $1.pValue }), change.pValue < bar else { continue }
            // A change nearer to an end than a part can be is put where the shortest part allows.
            let index = min(max(change.index, part.lowerBound + shortest), part.upperBound - shortest)
            found.append(index)
            open.append(part.lowerBound..<index)
            open.append(index..<part.upperBound)
        }
        return found.sorted()
    }

    /// The part itself, then windows of half the length and so on, each layer's overlapping by half.
    private static func windows(in part: Range<Int>, shortest: Int) -> [Range<Int>] {
        guard part.count >= 2 * shortest else { return [] }
        var windows: [Range<Int>] = []
        var pieces = 1
        while part.count / pieces >= 2 * shortest {
            let width = part.count / pieces
            // The last window ends where the part does, so that no value stays outside.
            for half in 0...(2 * pieces - 2) {
                let start = part.lowerBound + half * (part.count - width) / max(1, 2 * pieces - 2)
                windows.append(start..<start + width)
            }
            pieces *= 2
        }
        return windows
    }
}
