import TareStatistics

/// The relative change of a median with its interval.
struct Change {
    /// The median of the second over the first, less 1.
    var median: Double
    /// The interval of at least 95%; `nil` where there are too few values.
    var interval: [Double]?

    /// The change between two series; `nil` where the first has a value of 0 or below, so that there is no ratio.
    init?(
        _ first: [(replication: Int, value: Double)],
        _ second: [(replication: Int, value: Double)],
        paired: Bool,
        isExact: Bool
    ) {
        let a = first.map(\.value)
        let b = second.map(\.value)
        guard let medianA = Quantile.median(a), let medianB = Quantile.median(b), let least = a.min(), least > 0 else {
            return nil
        }
        median = medianB / medianA - 1
        if isExact, Set(a).count == 1, Set(b).count == 1 {
            interval = [median, median]
        } else if paired {
            let before = Dictionary(first.map { ($0.replication, $0.value) }) { earlier, _ in earlier }
            let ratios = second.compactMap { row in before[row.replication].map { row.value / $0 - 1 } }
            median = Quantile.median(ratios) ?? median
            interval = Quantile.interval(0.5, ratios).value.map { [$0.interval.low, $0.interval.high] }
        } else if let left = Quantile.interval(0.5, a, level: 0.975).value,
            let right = Quantile.interval(0.5, b, level: 0.975).value
        {
            interval = [
                right.interval.low / left.interval.high - 1, right.interval.high / left.interval.low - 1,
            ]
        }
    }
}
