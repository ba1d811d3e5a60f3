import TareCore
import TareExperiment

/// The report as Markdown: verdicts, the figures' findings and tables, method and provenance.
public struct MarkdownReport: Sendable {
    private let data: ReportData

    /// Makes a report.
    public init(dataset: Dataset, claims: [ClaimResult], options: ReportOptions = ReportOptions()) {
        data = ReportData(dataset: dataset, claims: claims, options: options)
    }

    /// The whole file.
    ///
    /// - Complexity: O(samples log samples). Pure.
    public func render() -> String {
        var out = "# What the OS costs\n\nRun \(text(data.dataset.run)), \(text(data.dataset.startedAt)).\n"
        for claim in data.claims { out += verdict(claim) }
        let figures = data.figures
        if !figures.isEmpty { out += "\n## Figures\n" }
        for figure in figures {
            out += "\n### \(text(figure.title))\n\n\(text(figure.caption))\n\n\(figure.table.markdown)"
        }
        let validation = ValidationSection(data: data)
        if !validation.rows.isEmpty {
            out += "\n## Validation\n\n\(text(validation.finding))\n\n\(validation.table.markdown)"
        }
        let notes = NotesSection(data: data)
        out += "\n## Costs left out\n\n"
        out += NotesSection.leftOut.map { "- \(text($0.name)): \(text($0.words))\n" }.joined()
        out += "\n## Methodology\n\n" + notes.methodLines.map { "- \(text($0))\n" }.joined()
        out += data.dataset.failures.map { "- failed: \(text(NotesSection.failure($0)))\n" }.joined()
        out += data.dataset.warnings.map { "- warning: \(text($0))\n" }.joined()
        out += "\n## Provenance\n\n" + notes.facts.map { "- \(text($0.name)): \(text($0.value))\n" }.joined()
        return out + "- repeat: \(text(notes.command))\n"
    }

    private func text(_ words: String) -> String { Markup.markdownCell(words) }

    private func verdict(_ claim: ClaimResult) -> String {
        let number = claim.estimate.map { " (\(Wording.value($0, of: claim.quantity)))" } ?? ""
        let rows = DataTable(
            caption: "", columns: ["denominator", "verdict", "#median", "interval"],
            rows: claim.denominators.map { row in
                [
                    .init(row.denominator), .init(Wording.verdict(row.verdict)),
                    .init(row.estimate.map { Wording.value($0, of: claim.quantity) } ?? "none"),
                    .init(Wording.interval(row.interval, of: claim.quantity)),
                ]
            }
        )
        return "\n## \(Wording.verdict(claim.verdict))\(number): \(text(claim.text))\n\n\(text(claim.sentence))\n\n"
            + "Evidence: \(claim.evidence.badge); certainty: \(Wording.certainty(claim.certainty)); "
            + "claimed: \(Wording.band(claim.band, of: claim.quantity)).\n\n\(rows.markdown)\n"
            + "What would change this: \(text(claim.boundary)).\n"
    }
}
