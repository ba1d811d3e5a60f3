/// Intervals by resampling: bias-corrected and accelerated (BCa; Efron 1987).
public enum Bootstrap {
    /// The BCa interval of a statistic of one sample.
    ///
    /// - Parameters:
    ///   - values: the sample; at least `MinimumCount.forBootstrap` values.
    ///   - level: the wanted coverage.
    ///   - resamples: how many samples are drawn with replacement.
    ///   - seed: equal seeds give equal intervals.
    ///   - statistic: computed of each resample.
    /// - Returns: the interval; exact where every resample gives one value; or how many values are needed.
    /// - Complexity: O(resamples) calls of `statistic`, and one a value for the jackknife.
    public static func interval(
        of values: [Double],
        level: Double = 0.95,
        resamples: Int = 10_000,
        seed: UInt64 = 1,
        statistic: ([Double]) -> Double
    ) -> Finding<Interval> {
        intervalOfGroups([values], level: level, resamples: resamples, seed: seed) { statistic($0[0]) }
    }

    /// The BCa interval of a statistic of two independent samples, each resampled on its own.
    ///
    /// - Parameters:
    ///   - first: the first sample.
    ///   - second: the second sample.
    ///   - level: the wanted coverage.
    ///   - resamples: how many pairs of samples are drawn.
    ///   - seed: equal seeds give equal intervals.
    ///   - statistic: computed of each pair of resamples.
    /// - Returns: the interval, or how many values each side needs.
    public static func interval(
        of first: [Double],
        _ second: [Double],
        level: Double = 0.95,
        resamples: Int = 10_000,
        seed: UInt64 = 1,
        statistic: ([Double], [Double]) -> Double
    ) -> Finding<Interval> {
        intervalOfGroups([first, second], level: level, resamples: resamples, seed: seed) { statistic($0[0], $0[1]) }
    }

    private static func intervalOfGroups(
        _ groups: [[Double]],
        level: Double,
        resamples: Int,
        seed: UInt64,
        statistic: ([[Double]]) -> Double
    ) -> Finding<Interval> {
        let smallest = groups.map(\.count).min() ?? 0
        guard smallest >= MinimumCount.forBootstrap else {
            return .notEnoughData(have: smallest, need: MinimumCount.forBootstrap)
        }
        var generator = SeededGenerator(seed: seed)
        var drawn = groups
        var replicates: [Double] = []
        replicates.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for group in groups.indices {
                for slot in drawn[group].indices {
                    drawn[group][slot] = groups[group][generator.index(below: groups[group].count)]
                }
            }
            replicates.append(statistic(drawn))
        }
        replicates.sort()
        guard let least = replicates.first, let greatest = replicates.last else {
            return .notEnoughData(have: 0, need: 1)
        }
        if least == greatest { return .found(Interval(low: least, high: greatest, level: level)) }
        let observed = statistic(groups)
        let less = replicates.count { $0 < observed }
        let equal = replicates.count { $0 == observed }
        let share = (Double(less) + Double(equal) / 2) / Double(replicates.count)
        // An observed value outside every resample has no finite bias; half a resample keeps it finite.
        let edge = 0.5 / Double(replicates.count)
        let bias = NormalDistribution.quantile(min(max(share, edge), 1 - edge))
        let acceleration = acceleration(of: groups, statistic: statistic)
        func end(_ probability: Double) -> Double {
            let z = bias + NormalDistribution.quantile(probability)
            let corrected = NormalDistribution.cumulative(bias + z / (1 - acceleration * z))
            return Quantile.ofSorted(min(max(corrected, 0), 1), replicates)
        }
        return .found(Interval(low: end((1 - level) / 2), high: end((1 + level) / 2), level: level))
    }

    /// The jackknife estimate of how fast the spread changes with the statistic.
    private static func acceleration(of groups: [[Double]], statistic: ([[Double]]) -> Double) -> Double {
        var cubes = 0.0
        var squares = 0.0
        for group in groups.indices {
            var left: [Double] = []
            for index in groups[group].indices {
                var others = groups
                others[group].remove(at: index)
                left.append(statistic(others))
            }
            let count = Double(left.count)
            let mean = left.reduce(0, +) / count
            for value in left {
                let influence = (count - 1) * (mean - value) / count
                cubes += influence * influence * influence
                squares += influence * influence
            }
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
}
