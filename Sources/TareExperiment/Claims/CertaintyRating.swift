import TareCore

/// How certain a verdict is: high for measured here, one step down for each reason (GRADE).
struct CertaintyRating {
    var certainty: ClaimResult.Certainty
    var reasons: [String]

    init(cells: [ClaimResult.CellShare], isRange: Bool, claim: Claim, conditions: ClaimConditions) {
        var reasons: [String] = []
        let total = Double(max(cells.count, 1))
        let indirect = cells.count { $0.evidence != .measured }
        if indirect > 0 {
            reasons.append("indirect: not measured in \(TextCount.of(indirect, among: cells.count, "cell"))")
        }
        let assumed = cells.count { $0.evidence == .assumed }
        if assumed > 0 {
            reasons.append("indirect: priors without a source in \(TextCount.of(assumed, among: cells.count, "cell"))")
        }
        let wide = cells.count { $0.relativeHalfWidth > conditions.targetPrecision }
        if Double(wide) > 0.05 * total {
            let target = NumberText.percent(conditions.targetPrecision, decimals: 0)
            let none = cells.count { $0.interval.isEmpty }
            func share(_ count: Int) -> String { TextCount.of(count, among: cells.count, "cell") }
            let few = none > 0 ? "too few runs for an interval in \(share(none))" : ""
            let broad = wide > none ? "an interval wider than +/-\(target) in \(share(wide - none))" : ""
            reasons.append("imprecise: " + [few, broad].filter { !$0.isEmpty }.joined(separator: ", "))
        } else if isRange {
            reasons.append(
                "imprecise: \(TextCount.of(cells.count, "cell")), too few for an interval of their median; range given")
        }
        if let text = conditions.imprecision { reasons.append("imprecise: \(text)") }
        if let text = conditions.disagreement { reasons.append("inconsistent: \(text)") }
        if let text = conditions.noisyHost { reasons.append("host: \(text)") }
        if let text = conditions.extrapolation { reasons.append("extrapolated: \(text)") }
        let missing =
            claim.scope.workloads.filter { id in !cells.contains { $0.workload == id } }
            + claim.scope.guests.filter { id in !cells.contains { $0.guest == id } }
        if !missing.isEmpty { reasons.append("extrapolated: no cell of \(missing.joined(separator: ", "))") }
        let steps: [ClaimResult.Certainty] = [.high, .moderate, .low, .veryLow]
        certainty = cells.isEmpty ? .veryLow : steps[min(reasons.count, 3)]
        if cells.isEmpty { reasons = ["no cell was evaluated"] }
        self.reasons = reasons
    }
}
