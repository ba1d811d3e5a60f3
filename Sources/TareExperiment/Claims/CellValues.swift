import TareCore
import TareStatistics

/// The values of one cell, one weight and one mode, and the part and the whole that they were made from.
///
/// Instances of one replication share a host and an instant, so they are not independent: the replication is the unit
/// of every interval. A share, ratio, difference or median takes each replication's median; a tail quantile takes all
/// values and resamples whole replications.
struct CellValues {
    private var groups: [(replication: Int, values: [Double])] = []
    private var parts: [Double] = []
    private var wholes: [Double] = []
    private var evidence: Evidence
    private var probability = 0.5

    /// Pairs the samples by replication and subject; `nil` where nothing can be paired.
    init?(_ samples: [Sample], function: QuantityExpression.Function) {
        evidence = samples.map(\.evidence).reduce(.measured, Evidence.weaker)
        let isMine: (Platform) -> Bool
        switch function {
        case .share(_, let platform): isMine = { $0 == platform }
        case .quantile(let probability, let platform):
            self.probability = probability
            isMine = { $0 == platform }
        case .ratio, .difference: isMine = { _ in true }
        }
        for (replication, group) in CellValues.paired(samples.filter { isMine($0.platform) }) {
            guard let (value, part, whole) = CellValues.value(of: group, function) else { continue }
            if groups.last?.replication == replication {
                groups[groups.count - 1].values.append(value)
            } else {
                groups.append((replication, [value]))
            }
            parts.append(part)
            wholes.append(whole)
        }
        if groups.isEmpty { return nil }
    }

    /// The cell's value with its interval.
    ///
    /// - Parameters:
    ///   - cell: the cell.
    ///   - names: what runs in it.
    ///   - denominator: the weight's word.
    ///   - isCount: whether equal values are an exact count of bytes and not draws of a random quantity.
    /// - Returns: the value, without an interval where there are too few replications for one.
    func share(
        of cell: Cell,
        named names: CellNames,
        denominator: String,
        isCount: Bool
    ) -> ClaimResult.CellShare {
        let isTail = probability != 0.5
        let values = (isTail ? groups.flatMap(\.values) : groups.map { Quantile.median($0.values) ?? 0 }).sorted()
        let share = Quantile.ofSorted(probability, values)
        let isExact = isCount && values.first == values.last
        let need = isTail ? tailRuns : MinimumCount.forQuantile(0.5)
        let found =
            groups.count < need ? nil : isTail ? tailInterval : Quantile.intervalOfSorted(0.5, values).value?.interval
        return ClaimResult.CellShare(
            workload: names.workload(of: cell),
            guest: names.guest(of: cell),
            denominator: denominator,
            share: share,
            interval: isExact ? [share, share] : found.map { [$0.low, $0.high] } ?? [],
            evidence: evidence,
            partBytes: Quantile.median(parts) ?? 0,
            wholeBytes: Quantile.median(wholes) ?? 0,
            instances: cell.instances,
            runs: isExact ? nil : groups.count,
            runsNeeded: isExact || groups.count >= need ? nil : need
        )
    }

    /// Replications for a tail quantile: enough values in all, and enough replications to resample.
    private var tailRuns: Int {
        let values = groups.map(\.values.count).reduce(0, +)
        let wanted = MinimumCount.forQuantile(probability)
        if values == groups.count { return wanted }
        let each = max(1, values / groups.count)
        return max(MinimumCount.forBootstrap, (wanted + each - 1) / each)
    }

    private var tailInterval: Interval? {
        guard groups.contains(where: { $0.values.count > 1 }) else {
            return Quantile.interval(probability, groups.flatMap(\.values)).value?.interval
        }
        // Whole replications are drawn: a bootstrap over their positions.
        return Bootstrap.interval(of: groups.indices.map(Double.init), resamples: 1_000) { drawn in
            Quantile.of(probability, drawn.flatMap { groups[Int($0)].values }) ?? 0
        }.value
    }

    /// One value of one replication and subject, with the part and the whole behind it.
    private static func value(
        of group: [Sample],
        _ function: QuantityExpression.Function
    ) -> (value: Double, part: Double, whole: Double)? {
        switch function {
        case .share(let owner, _):
            let owned = group.filter { $0.owner == owner }
            let whole = whole(group)
            guard !owned.isEmpty, whole > 0 else { return nil }
            let part = owned.reduce(0) { $0 + $1.value }
            return (part / whole, part, whole)
        case .ratio(let left, let right), .difference(let left, let right):
            let first = group.filter { $0.platform == left }
            let second = group.filter { $0.platform == right }
            guard !first.isEmpty, !second.isEmpty else { return nil }
            let (above, below) = (whole(first), whole(second))
            if case .difference = function { return (above - below, above, below) }
            return below > 0 ? (above / below, above, below) : nil
        case .quantile:
            let value = whole(group)
            return (value, value, value)
        }
    }

    /// Groups in the order of replication and subject, so that the result never depends on hashing.
    private static func paired(_ samples: [Sample]) -> [(replication: Int, samples: [Sample])] {
        struct Key: Hashable {
            var replication: Int
            var subject: String
        }
        return Dictionary(grouping: samples) { Key(replication: $0.replication, subject: $0.subject) }
            .sorted { ($0.key.replication, $0.key.subject) < ($1.key.replication, $1.key.subject) }
            .map { ($0.key.replication, $0.value) }
    }

    /// The whole: the sample without an owner, or the sum of the owners where there is none.
    private static func whole(_ samples: [Sample]) -> Double {
        if let whole = samples.first(where: { $0.owner == nil }) { return whole.value }
        return samples.reduce(0) { $0 + $1.value }
    }
}
