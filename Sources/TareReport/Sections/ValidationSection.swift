import TareCore
import TareExperiment

/// How far the model is from what others published, the worst first.
struct ValidationSection {
    let data: ReportData

    /// Checks before calibration, each the farthest off first.
    var rows: [ValidationRow] {
        data.options.validation.sorted { left, right in
            if left.isCalibration != right.isCalibration { return !left.isCalibration }
            if left.passes != right.passes { return !left.passes }
            return abs(left.error) > abs(right.error)
        }
    }

    /// The finding.
    var finding: String {
        let checks = rows.filter { !$0.isCalibration }
        let passed = checks.filter(\.passes).count
        let worst = checks.map { abs($0.error) }.max() ?? 0
        return "\(passed) of \(checks.count) checks lie inside the published spread or within 10%; "
            + "the farthest is \(Wording.share(worst)) off."
    }

    /// The table.
    var table: DataTable {
        DataTable(
            caption: "The model beside published figures",
            columns: ["row", "what", "published", "published spread", "modelled", "#error", "says"],
            rows: rows.map { row in
                [
                    .init(row.id), .init(row.quantity), .init(row.published), .init(row.spread ?? ""),
                    .init(row.modelled),
                    .init((row.error > 0 ? "+" : "") + NumberText.fixed(row.error * 100, decimals: 1) + "%", row.error),
                    .init(row.isCalibration ? "calibration" : row.passes ? "agrees" : "OUTSIDE"),
                ]
            }
        )
    }

    /// The section as HTML; nothing where the page has no modelled number.
    var html: String {
        guard !rows.isEmpty, data.dataset.samples.contains(where: { $0.mode == .simulate }) else { return "" }
        return "<section aria-labelledby=\"validation\"><h2 id=\"validation\">Validation</h2>"
            + "<p>\(Markup.escape(finding)) Rows marked calibration gave the model its constants and check nothing. "
            + "<code>tare explain published</code> says where rows come from.</p>\(table.html)</section>"
    }
}
