import TareCore
import TareExperiment

/// A card a claim: verdict, number, interval against the band, and what would change it.
struct VerdictSection {
    /// Rows that the table of a claim's cells shows.
    private static let shownCells = 160

    let data: ReportData

    /// The claims' figures.
    var figures: [Figure] { data.claims.compactMap(figure) }

    /// The section as HTML.
    var html: String {
        guard !data.claims.isEmpty else { return "" }
        return "<section aria-labelledby=\"verdicts\"><h2 id=\"verdicts\">Verdicts</h2>\(Legend.evidence)"
            + data.claims.map(card).joined() + "</section>"
    }

    private func card(_ claim: ClaimResult) -> String {
        let number = claim.estimate.map { Wording.value($0, of: claim.quantity) }
        let value = number.map { number in
            "<span class=\"number\">\(number)<span>median over the cells; \(interval(claim))</span></span>"
        }
        let reasons = claim.reasons.map { "<li>\(Markup.escape($0))</li>" }.joined()
        let certainty = Wording.certainty(claim.certainty)
        return """
            <article class="card" aria-labelledby="claim-\(Markup.identifier(claim.id))">
            <blockquote>\u{201C}\(Markup.escape(claim.text))\u{201D}</blockquote>
            <h3 class="verdict" id="claim-\(Markup.identifier(claim.id))">\(VerdictIcon.svg(claim.verdict))
            <span>\(Wording.verdict(claim.verdict))</span>\(value ?? "")</h3>
            <p>\(Legend.badge(claim.evidence)) <span class="muted">\(Wording.explanation(claim.verdict))</span></p>
            <p class="says">\(Markup.escape(claim.sentence))</p>
            \(figure(claim)?.html ?? "")
            <div class="facts"><div><h4>Made testable</h4><p><code>\(Markup.escape(claim.quantity))</code>,
            claimed: \(Wording.band(claim.band, of: claim.quantity))</p></div>
            <div><h4>Certainty: \(certainty)</h4><ul>\(reasons.isEmpty ? "<li>nothing lowers it</li>" : reasons)</ul></div>
            <div class="broad"><h4>What would change this</h4><ul>\(boundary(claim))</ul></div>
            <div class="broad"><h4>Scope</h4><p>\(Markup.escape(claim.scope))</p></div></div>
            <details><summary>Every cell behind it (\(claim.cells.count))</summary>\(cells(claim).html)</details></article>
            """
    }

    private func interval(_ claim: ClaimResult) -> String {
        let words = Wording.interval(claim.interval, of: claim.quantity)
        return claim.interval.count == 2 && claim.interval[0] != claim.interval[1]
            ? "95% interval or range \(words)" : words
    }

    private func boundary(_ claim: ClaimResult) -> String {
        var parts: [String] = []
        for piece in claim.boundary.split(separator: "; ").map(String.init) {
            // A semicolon inside brackets does not end a sentence.
            if let last = parts.last, last.count(where: { $0 == "(" }) > last.count(where: { $0 == ")" }) {
                parts[parts.count - 1] += "; " + piece
            } else {
                parts.append(piece)
            }
        }
        return parts.map { "<li>\(Markup.escape($0))</li>" }.joined()
    }

    private func figure(_ claim: ClaimResult) -> Figure? {
        guard let drawing = IntervalChart(claim: claim).drawing() else { return nil }
        let verdicts = Set(claim.denominators.filter { $0.estimate != nil }.map(\.verdict))
        let title =
            claim.band.isEmpty
            ? "No band was agreed, so only the values are shown"
            : (verdicts.count > 1
                ? "The answer changes with what the number is a share or sum of"
                : claim.denominators.count > 1
                    ? "The answer is the same for every denominator" : "The cells against what is claimed")
        let table = DataTable(
            caption: "Verdict by denominator: \(claim.quantity)",
            columns: ["denominator", "verdict", "#median", "interval", "#cells below", "#inside", "#above"],
            rows: claim.denominators.map { row in
                [
                    .init(row.denominator), .init(Wording.verdict(row.verdict)),
                    .init(row.estimate.map { Wording.value($0, of: claim.quantity) } ?? "none", row.estimate),
                    .init(Wording.interval(row.interval, of: claim.quantity)), .init("\(row.below)", Double(row.below)),
                    .init("\(row.inside)", Double(row.inside)), .init("\(row.above)", Double(row.above)),
                ]
            }
        )
        return Figure(
            id: "verdict-\(Markup.identifier(claim.id))", title: title,
            caption:
                "Marks are cells, the upright bar their median, the shade its interval; the hatched span is the claim.",
            charts: [.init(label: "interval against band", drawing: drawing)], table: table
        )
    }

    private func cells(_ claim: ClaimResult) -> DataTable {
        DataTable(
            caption: "Cells of \(claim.id)"
                + (claim.cells.count > Self.shownCells
                    ? ", the first \(Self.shownCells) of \(claim.cells.count); all are in the data below" : ""),
            columns: ["workload", "guest", "denominator", "#N", "#value", "interval", "#part", "#whole", "evidence"],
            rows: claim.cells.prefix(Self.shownCells).map { cell in
                [
                    .init(cell.workload), .init(cell.guest), .init(cell.denominator),
                    .init("\(cell.instances)", Double(cell.instances)),
                    .init(Wording.value(cell.share, of: claim.quantity), cell.share),
                    .init(Wording.interval(cell.interval, of: claim.quantity)),
                    .init(Wording.bytes(cell.partBytes), cell.partBytes),
                    .init(Wording.bytes(cell.wholeBytes), cell.wholeBytes), .init(cell.evidence.rawValue),
                ]
            }
        )
    }
}
