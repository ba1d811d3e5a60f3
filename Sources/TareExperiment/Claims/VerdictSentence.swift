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
            tally.cells.count == 1
            ? "its value \(values.text(median)), \(ends(values))"
            : "median \(values.text(median)) over \(tally.cells.count) cells,"
                + " \(kind) \(values.interval(estimate.interval))"
        let opening = tally.cells.allSatisfy { $0.evidence == .modelled } ? "In the model, " : ""
        let band = values.band(claim)
        let what = "\(claim.quantity.description)"
        let body: String
        switch tally.verdict {
        case .untestable: body = "\(what) has no agreed band: \(number)"
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
                "the data do not yet tell whether \(what) is \(band): \(openCells)\(runs); \(number)"
        }
        let sentence = opening + body + "."
        // A quantity keeps its spelling, also in front.
        if sentence.hasPrefix(what) { return sentence }
        return sentence.prefix(1).uppercased() + String(sentence.dropFirst())
    }

    /// The one cell's own interval.
    private func ends(_ values: ValueText) -> String {
        guard let cell = tally.cells.first, !cell.interval.isEmpty else { return "no interval" }
        let text = values.interval(cell.interval)
        return cell.ends.low == cell.ends.high ? text : "95% interval \(text)"
    }

    /// How many cells leave it open, and why.
    private var openCells: String {
        let none = tally.cells.count { $0.interval.isEmpty }
        let wide = tally.imprecise - none
        func share(_ count: Int) -> String { TextCount.of(count, among: tally.cells.count, "cell") }
        let few = none > 0 ? "too few runs for an interval in \(share(none))" : ""
        let broad = wide > 0 ? "an interval over an edge that is too wide in \(share(wide))" : ""
        return [few, broad].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var runs: String {
        tally.cells.compactMap(\.runsNeeded).max().map { " (\($0) runs a cell are needed)" } ?? ""
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
