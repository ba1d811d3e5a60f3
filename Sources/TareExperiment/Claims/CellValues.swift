import TareCore
import TareStatistics

/// The values of one cell, one weight and one mode, and the part and the whole that they were made from.
struct CellValues {
    private var values: [Double] = []
    private var parts: [Double] = []
    private var wholes: [Double] = []
    private var evidence: Evidence
    private var probability = 0.5

    /// How many independent values.
    var count: Int { values.count }

    /// Pairs the samples by replication and subject; `nil` where nothing can be paired.
    init?(_ samples: [Sample], function: QuantityExpression.Function) {
        evidence = samples.map(\.evidence).reduce(.measured, Evidence.weaker)
        switch function {
        case .share(let owner, let platform):
            for (_, group) in CellValues.paired(samples.filter { $0.platform == platform }) {
                let owned = group.filter { $0.owner == owner }
                let whole = CellValues.whole(group)
                guard !owned.isEmpty, whole > 0 else { continue }
                add(owned.reduce(0) { $0 + $1.value }, whole) { $0 / $1 }
            }
        case .ratio(let left, let right), .difference(let left, let right):
            for (_, group) in CellValues.paired(samples) {
                let first = group.filter { $0.platform == left }
                let second = group.filter { $0.platform == right }
                guard !first.isEmpty, !second.isEmpty else { continue }
                let below = CellValues.whole(second)
                if case .difference = function {
                    add(CellValues.whole(first), below) { $0 - $1 }
                } else if below > 0 {
                    add(CellValues.whole(first), below) { $0 / $1 }
                }
            }
        case .quantile(let probability, let platform):
            self.probability = probability
            for (_, group) in CellValues.paired(samples.filter { $0.platform == platform }) {
                let value = CellValues.whole(group)
                add(value, value) { first, _ in first }
            }
        }
        if values.isEmpty { return nil }
    }

    /// The cell's value with its interval: exact for equal values, the range where there are too few.
    func share(of cell: Cell, denominator: String) -> ClaimResult.CellShare {
        let sorted = values.sorted()
        let found = Quantile.intervalOfSorted(probability, sorted).value?.interval
        let ends = [found?.low ?? sorted.first ?? 0, found?.high ?? sorted.last ?? 0]
        return ClaimResult.CellShare(
            workload: cell.settings["workload"] ?? cell.settings["app"] ?? cell.id,
            guest: cell.settings["os"] ?? cell.settings["guest"] ?? "",
            denominator: denominator,
            share: Quantile.ofSorted(probability, sorted),
            interval: ends,
            evidence: evidence,
            partBytes: Quantile.median(parts) ?? 0,
            wholeBytes: Quantile.median(wholes) ?? 0,
            instances: cell.instances
        )
    }

    private mutating func add(_ part: Double, _ whole: Double, _ combine: (Double, Double) -> Double) {
        values.append(combine(part, whole))
        parts.append(part)
        wholes.append(whole)
    }

    /// Groups in the order of replication and subject, so that the result never depends on hashing.
    private static func paired(_ samples: [Sample]) -> [(key: String, value: [Sample])] {
        Dictionary(grouping: samples) { "\($0.replication)/\($0.subject)" }.sorted { $0.key < $1.key }
    }

    /// The whole: the sample without an owner, or the sum of the owners where there is none.
    private static func whole(_ samples: [Sample]) -> Double {
        if let whole = samples.first(where: { $0.owner == nil }) { return whole.value }
        return samples.reduce(0) { $0 + $1.value }
    }
}
