import TareCore
import TareStatistics

/// Two runs side by side: effects with intervals first, tests second.
///
/// Where both runs have one scenario and one seed, their replications share their draws and are paired. Otherwise the
/// interval of the change comes from a 97.5% order-statistic interval of each median, which together hold at least 95%
/// (Bonferroni). Disk and density of the model are exact counts.
public struct Comparison: Codable, Sendable {
    /// The first run, the one that was before.
    public var a: String
    /// The second run.
    public var b: String
    /// Whether replications are paired.
    public var paired: Bool
    /// Changes below this share are none.
    public var threshold: Double
    /// Each quantity of the host and of one instance.
    public var rows: [ComparisonRow]
    /// What a reader should know.
    public var warnings: [String]

    /// Rows of a kind.
    public func count(_ verdict: ComparisonRow.Verdict) -> Int { rows.count { $0.verdict == verdict } }

    /// Compares two runs.
    ///
    /// - Parameters:
    ///   - a: the run that was before.
    ///   - b: the run that came after.
    ///   - threshold: changes below this share are none, 0 or more.
    /// - Throws: `invalid` where they have no cell in common, a unit differs, or measured values come from two machines.
    public init(_ a: Dataset, _ b: Dataset, threshold: Double = 0.03) throws(TareError) {
        self.a = a.run
        self.b = b.run
        self.threshold = threshold
        paired = a.scenarioHash == b.scenarioHash && a.seed == b.seed
        rows = []
        warnings = []
        try checkMachines(a, b)
        try checkCells(a, b)
        let first = SampleSeries(a.samples.filter(Self.isShown))
        let second = SampleSeries(b.samples.filter(Self.isShown))
        for key in first.keys {
            for platform in Platform.allCases {
                guard let left = first.side(key, platform), let right = second.side(key, platform) else { continue }
                guard left.unit == right.unit else {
                    throw TareError(
                        .invalid,
                        subject: "\(key.cell), \(key.quantity)",
                        "is in \(left.unit) in \(a.run) and in \(right.unit) in \(b.run)",
                        hint: "run both with one version of Tare"
                    )
                }
                if let row = row(key, platform, left, right) { rows.append(row) }
            }
        }
        let tested = rows.indices.filter { rows[$0].pValue != nil }
        let adjusted = Holm.adjusted(tested.compactMap { rows[$0].pValue })
        for (index, p) in zip(tested, adjusted) { rows[index].pAdjusted = p }
        let few = rows.count { $0.interval == nil }
        if few > 0 { warnings.append("\(few) of \(rows.count) rows have too few replications for an interval") }
    }

    private static func isShown(_ sample: Sample) -> Bool {
        sample.owner == nil
            && (sample.subject == "host" || sample.subject == "instance" || sample.subject.hasPrefix("instance:"))
    }

    private mutating func checkMachines(_ a: Dataset, _ b: Dataset) throws(TareError) {
        let machineA = RunFacts.identity(of: a.machine)
        let machineB = RunFacts.identity(of: b.machine)
        let different = Set(machineA.keys).union(machineB.keys).filter { machineA[$0] != machineB[$0] }.sorted()
        guard !different.isEmpty else { return }
        let facts = different.map { "\($0) is \(machineA[$0] ?? "unknown"), then \(machineB[$0] ?? "unknown")" }
        guard !(a.samples + b.samples).contains(where: { $0.mode == .measure }) else {
            throw TareError(
                .invalid,
                subject: "\(a.run) and \(b.run)",
                "measured values of two machines cannot be compared: \(facts.joined(separator: "; "))",
                hint: "measure both on one machine"
            )
        }
        warnings.append("two machines (simulated values do not depend on them): \(facts.joined(separator: "; "))")
    }

    private mutating func checkCells(_ a: Dataset, _ b: Dataset) throws(TareError) {
        let cellsA = Set(a.cells.map(\.id))
        let cellsB = Set(b.cells.map(\.id))
        guard !cellsA.isDisjoint(with: cellsB) else {
            throw TareError(
                .invalid,
                subject: "\(a.run) and \(b.run)",
                "have no cell in common",
                hint: "compare two runs of one scenario; `tare runs` lists them"
            )
        }
        let left = cellsA.subtracting(cellsB).count
        let right = cellsB.subtracting(cellsA).count
        if left + right > 0 {
            warnings.append("\(left) cells are only in \(a.run) and \(right) only in \(b.run); they are left out")
        }
        if a.scenarioHash != b.scenarioHash { warnings.append("the scenarios differ beyond their cells") }
        for dataset in [a, b] where !dataset.failures.isEmpty {
            warnings.append("\(dataset.failures.count) replications of \(dataset.run) failed and are missing")
        }
    }

    private func row(
        _ key: SampleSeries.Key,
        _ platform: Platform,
        _ left: SampleSeries.Side,
        _ right: SampleSeries.Side
    ) -> ComparisonRow? {
        let valuesA = left.byReplication
        let valuesB = right.byReplication
        guard let medianA = Quantile.median(valuesA.map(\.value)), let medianB = Quantile.median(valuesB.map(\.value))
        else { return nil }
        let effect = Change(valuesA, valuesB, paired: paired, isExact: isExact(key))
        let test = MannWhitney.test(valuesB.map(\.value), valuesA.map(\.value)).value
        return ComparisonRow(
            cell: key.cell,
            platform: platform,
            mode: key.mode,
            quantity: key.quantity,
            subject: key.subject,
            unit: left.unit,
            countA: valuesA.count,
            countB: valuesB.count,
            medianA: medianA,
            medianB: medianB,
            change: effect?.median,
            interval: effect?.interval,
            delta: test?.delta,
            deltaInterval: test.map { [$0.deltaInterval.low, $0.deltaInterval.high] },
            pValue: test?.pValue,
            pAdjusted: nil,
            verdict: verdict(effect?.interval, key.quantity)
        )
    }

    private func isExact(_ key: SampleSeries.Key) -> Bool {
        key.mode == .simulate && (key.quantity.hasPrefix("disk.") || key.quantity.hasPrefix("density."))
    }

    private func verdict(_ interval: [Double]?, _ quantity: String) -> ComparisonRow.Verdict {
        guard let low = interval?.first, let high = interval?.last else { return .unclear }
        let lessIsBetter = ComparisonRow.lessIsBetter(quantity)
        if low > threshold { return lessIsBetter ? .regression : .improvement }
        if high < -threshold { return lessIsBetter ? .improvement : .regression }
        return .unclear
    }
}
