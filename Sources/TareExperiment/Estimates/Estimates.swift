import TareCore
import TareStatistics

/// What a dataset says of each quantity.
public struct Estimates: Sendable, Hashable {
    /// Each quantity on each platform.
    public var rows: [Estimate]
    /// VM against container.
    public var paired: [PairedEstimate]

    /// Estimates from samples.
    ///
    /// - Parameters:
    ///   - samples: in any order; rows come in the order of the cells and of their first sample.
    ///   - cells: the cells, in the plan's order.
    /// - Complexity: O(n log n). Pure.
    public init(_ samples: [Sample], cells: [Cell]) {
        let series = SampleSeries(samples)
        let places = Dictionary(cells.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let keys = series.keys.enumerated().sorted {
            (places[$0.element.cell] ?? .max, $0.offset) < (places[$1.element.cell] ?? .max, $1.offset)
        }.map(\.element)
        rows = []
        paired = []
        for key in keys {
            for platform in Platform.allCases {
                guard let side = series.side(key, platform) else { continue }
                let values = side.byReplication.map(\.value)
                guard let median = Quantile.median(values) else { continue }
                rows.append(
                    Estimate(
                        cell: key.cell,
                        platform: platform,
                        mode: key.mode,
                        quantity: key.quantity,
                        subject: key.subject,
                        owner: key.owner,
                        unit: side.unit,
                        denominator: side.denominator,
                        n: values.count,
                        median: median,
                        interval: Self.interval(values),
                        evidence: side.evidence
                    )
                )
            }
            if let pair = Self.pair(key, series) { paired.append(pair) }
        }
    }

    private static func pair(_ key: SampleSeries.Key, _ series: SampleSeries) -> PairedEstimate? {
        guard let vm = series.side(key, .vm), let container = series.side(key, .container) else { return nil }
        let other = Dictionary(container.byReplication.map { ($0.replication, $0.value) }) { first, _ in first }
        let pairs = vm.byReplication.compactMap { row in other[row.replication].map { (row.value, $0) } }
        let differences = pairs.map { $0.0 - $0.1 }
        guard let difference = Quantile.median(differences) else { return nil }
        let ratios = pairs.allSatisfy { $0.1 != 0 } ? pairs.map { $0.0 / $0.1 } : []
        return PairedEstimate(
            cell: key.cell,
            mode: key.mode,
            quantity: key.quantity,
            subject: key.subject,
            owner: key.owner,
            unit: vm.unit,
            n: pairs.count,
            ratio: Quantile.median(ratios),
            ratioInterval: ratios.isEmpty ? nil : interval(ratios),
            difference: difference,
            differenceInterval: interval(differences),
            evidence: Evidence.weaker(vm.evidence, container.evidence)
        )
    }

    /// The order-statistic interval of the median, or `nil` below six values.
    static func interval(_ values: [Double]) -> [Double]? {
        Quantile.interval(0.5, values).value.map { [$0.interval.low, $0.interval.high] }
    }
}
