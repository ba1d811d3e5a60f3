import TareCore

/// Decides a claim from its cells: interval against band, cell by cell, then over the scope.
///
///     cells in scope -> position of each against the band -> 95% rule -> verdict, boundary, certainty, sentence
public enum ClaimEvaluation {
    /// Decides from cells that are computed already.
    ///
    /// The verdict is that of the denominator which the claim's quantity names; every other denominator gets its own
    /// line. Every cell weighs the same. An exact byte count has the interval `[x, x]`.
    /// - Parameters:
    ///   - claim: the claim.
    ///   - cells: its cells, of any denominator; those outside the scope are left out.
    ///   - conditions: what is known about the evidence beyond the numbers.
    /// - Returns: the verdict with everything that a reader needs.
    /// - Complexity: O(cells log cells). Pure.
    public static func evaluate(
        claim: Claim,
        cells: [ClaimResult.CellShare],
        conditions: ClaimConditions = ClaimConditions()
    ) -> ClaimResult {
        let inScope = BandTally.withRunsNeeded(
            cells.filter { claim.scope.contains($0) && $0.share.isFinite },
            band: claim.band,
            targetPrecision: conditions.targetPrecision
        )
        let main = inScope.filter { $0.denominator == claim.quantity.weight }
        let tally = BandTally(main, band: claim.band, targetPrecision: conditions.targetPrecision)
        let estimate = tally.estimate
        let rating = CertaintyRating(cells: main, isRange: estimate.isRange, claim: claim, conditions: conditions)
        let sentence = VerdictSentence(claim: claim, tally: tally, certainty: rating.certainty).text
        return ClaimResult(
            id: claim.id,
            text: claim.text,
            quantity: claim.quantity.description,
            band: claim.band,
            verdict: tally.verdict,
            estimate: estimate.value,
            interval: estimate.interval,
            scope: scopeText(of: inScope, main: main, claim: claim),
            boundary: BoundaryRule(claim: claim, cells: main).text,
            evidence: main.map(\.evidence).reduce(.measured, Evidence.weaker),
            certainty: rating.certainty,
            reasons: rating.reasons,
            sentence: sentence,
            denominators: denominators(of: inScope, claim: claim, conditions: conditions),
            cells: inScope
        )
    }

    private static func denominators(
        of cells: [ClaimResult.CellShare],
        claim: Claim,
        conditions: ClaimConditions
    ) -> [ClaimResult.DenominatorVerdict] {
        var names: [String] = []
        for cell in cells where !names.contains(cell.denominator) { names.append(cell.denominator) }
        if !names.contains(claim.quantity.weight) { names.append(claim.quantity.weight) }
        let order = DiskWeight.allCases.map(\.rawValue) + MemoryWeight.allCases.map(\.rawValue)
        names.sort { (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1) }
        return names.map { name in
            let tally = BandTally(
                cells.filter { $0.denominator == name },
                band: claim.band,
                targetPrecision: conditions.targetPrecision
            )
            return ClaimResult.DenominatorVerdict(
                denominator: name,
                verdict: tally.verdict,
                estimate: tally.estimate.value,
                interval: tally.estimate.interval,
                inside: claim.band.isEmpty ? 0 : tally.inside,
                below: tally.below,
                above: tally.above
            )
        }
    }

    private static func scopeText(
        of cells: [ClaimResult.CellShare],
        main: [ClaimResult.CellShare],
        claim: Claim
    ) -> String {
        guard !cells.isEmpty else { return "no cell" }
        let workloads = Set(cells.map(\.workload)).sorted()
        let guests = Set(cells.map(\.guest)).filter { !$0.isEmpty }.sorted()
        let counts = cells.map(\.instances)
        let least = counts.min() ?? 1
        let greatest = counts.max() ?? 1
        let kinds = Evidence.allCases.compactMap { kind in
            let count = main.count { $0.evidence == kind }
            return count > 0 ? "\(count) \(kind.rawValue)" : nil
        }
        let place =
            TextCount.of(workloads.count, "workload") + " (\(workloads.joined(separator: ", ")))"
            + (guests.isEmpty
                ? "" : " x " + TextCount.of(guests.count, "guest") + " (\(guests.joined(separator: ", ")))")
        return place + ", n \(least == greatest ? "\(least)" : "\(least)..\(greatest)")"
            + "; \(TextCount.of(main.count, "cell")) by \(claim.quantity.quantity)"
            + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))")
            + (main.count > 1 ? ", each weighs the same" : "")
    }
}
