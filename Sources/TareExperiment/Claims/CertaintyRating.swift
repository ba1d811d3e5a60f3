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
            reasons.append("indirect: \(indirect) of \(cells.count) cells are not measured")
        }
        let assumed = cells.count { $0.evidence == .assumed }
        if assumed > 0 { reasons.append("indirect: \(assumed) cells rest on priors without a source") }
        let wide = cells.count { $0.relativeHalfWidth > conditions.targetPrecision }
        if Double(wide) > 0.05 * total {
            let target = NumberText.percent(conditions.targetPrecision, decimals: 0)
            reasons.append("imprecise: \(wide) of \(cells.count) cells have an interval wider than +/-\(target)")
        } else if isRange {
            reasons.append("imprecise: \(cells.count) cells are too few for an interval of their median; range given")
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
