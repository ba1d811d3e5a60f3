import TareCore

/// The sentence that a reader gets; its verb follows the certainty (GRADE guideline 26).
struct VerdictSentence {
    let claim: Claim
    let tally: BandTally
    let certainty: ClaimResult.Certainty

    var text: String {
        let values = ValueText(claim.quantity)
        let estimate = tally.estimate
        guard let median = estimate.value else {
            return "We do not know whether \(claim.text): no cell gives \(claim.quantity.description)."
        }
        let kind = estimate.isRange ? "range" : "95% interval"
        let number =
            "median \(values.text(median)) over \(tally.cells.count) cells"
            + ", \(kind) \(values.interval(estimate.interval))"
        let opening = tally.cells.allSatisfy { $0.evidence == .modelled } ? "In the model, " : ""
        let band = values.band(claim)
        let what = "\(claim.quantity.description)"
        let body: String
        switch tally.verdict {
        case .untestable: body = "\(what) has no agreed band; its value: \(number)"
        case .supported: body = "\(said(what, "", band)): \(number)"
        case .refutedLower: body = "\(said(what, "lower than ", band)): \(number)"
        case .refutedHigher: body = "\(said(what, "higher than ", band)): \(number)"
        case .depends:
            let share = NumberText.percent(Double(tally.inside) / Double(tally.cells.count), decimals: 0)
            body =
                "\(said(what, "", band)) only in part of the scope: inside in \(tally.inside) of"
                + " \(tally.cells.count) cells (\(share)), below in \(tally.below), above in \(tally.above),"
                + " on an edge in \(tally.crossing); \(number)"
        case .inconclusive:
            body =
                "the data do not yet tell whether \(what) is \(band): \(tally.imprecise) of"
                + " \(tally.cells.count) cells cross an edge and are too wide; \(number)"
        }
        let sentence = opening + body + "."
        return sentence.prefix(1).uppercased() + String(sentence.dropFirst())
    }

    private func said(_ what: String, _ direction: String, _ band: String) -> String {
        switch certainty {
        case .high: "\(what) is \(direction)\(band)"
        case .moderate: "\(what) probably is \(direction)\(band)"
        case .low: "\(what) may be \(direction)\(band)"
        case .veryLow: "we do not know whether \(what) is \(direction)\(band)"
        }
    }
}
