import TareCore
import TareExperiment

/// Each denominator's interval against the band: cells as marks, the median as a bar, the verdict beside it.
struct IntervalChart {
    let claim: ClaimResult

    /// One line of the chart.
    private struct Row {
        var verdict: ClaimResult.DenominatorVerdict
        var cells: [ClaimResult.CellShare]
    }

    private var isShare: Bool { claim.quantity.hasPrefix("share(") }

    /// The picture, or `nil` where no number was agreed or found.
    func drawing() -> Drawing? {
        let rows = claim.denominators.filter { $0.estimate != nil }.map { verdict in
            Row(verdict: verdict, cells: claim.cells.filter { $0.denominator == verdict.denominator })
        }
        guard !rows.isEmpty else { return nil }
        let step = 46.0
        var drawing = Drawing(width: 760, height: 84 + step * Double(rows.count))
        let plot = Plot(left: 150, top: 36, right: 596, bottom: 36 + step * Double(rows.count))
        let most = rows.flatMap { $0.verdict.interval + $0.cells.map(\.share) }.filter(\.isFinite).max() ?? 1
        let edge = claim.band.last.flatMap { $0 < 1e300 ? $0 * 1.1 : nil } ?? 0
        let scale = Scale.linear(to: isShare ? 1 : max(most, edge), from: plot.left, to: plot.right)
        let title = isShare ? "share of the whole" : claim.quantity
        plot.horizontalAxis(scale, ticks: scale.ticks(), title: title, in: &drawing) { tick in
            isShare
                ? NumberText.fixed(tick * 100, decimals: 0) + "%"
                : Plot.trimmed(Wording.value(tick, of: claim.quantity))
        }
        band(scale, plot, in: &drawing)
        for (index, row) in rows.enumerated() {
            draw(row, y: plot.top + step * (Double(index) + 0.5), scale, plot, in: &drawing)
        }
        return drawing
    }

    private func band(_ scale: Scale, _ plot: Plot, in drawing: inout Drawing) {
        guard claim.band.count == 2 else { return }
        let left = scale.clamped(claim.band[0])
        let right = scale.clamped(claim.band[1])
        drawing.rect(left, plot.top, right - left, plot.bottom - plot.top, "bandfill")
        drawing.rect(left, plot.top, right - left, plot.bottom - plot.top, "bandline")
        let middle = min(max((left + right) / 2, plot.left + 60), plot.right - 60)
        let words = "claimed: \(Wording.band(claim.band, of: claim.quantity))"
        drawing.text(middle, plot.top - 10, words, "strong mid halo")
    }

    private func draw(_ row: Row, y: Double, _ scale: Scale, _ plot: Plot, in drawing: inout Drawing) {
        let value = row.verdict.estimate ?? 0
        drawing.text(plot.left - 10, y + 4, row.verdict.denominator.replacing("_", with: " "), "end strong")
        drawing.line(plot.left, y, plot.right, y, "grid")
        let low = row.verdict.interval.first ?? value
        let high = row.verdict.interval.last ?? value
        let words =
            "\(row.verdict.denominator): median \(Wording.value(value, of: claim.quantity)), "
            + Wording.interval(row.verdict.interval, of: claim.quantity)
        if high > low {
            drawing.rect(scale.clamped(low), y - 9, scale.clamped(high) - scale.clamped(low), 18, "spread")
        }
        var seen: Set<Int> = []
        for cell in row.cells where cell.share.isFinite {
            // Marks that would cover each other to the pixel are drawn once; many marks go without tips.
            let place = Int(scale.clamped(cell.share)) * 4 + (Evidence.allCases.firstIndex(of: cell.evidence) ?? 0)
            guard seen.insert(place).inserted else { continue }
            let tip =
                "\(cell.workload) on \(cell.guest), \(cell.denominator): \(Wording.value(cell.share, of: claim.quantity))"
            drawing.evidence(cell.evidence, scale.clamped(cell.share), y, 4, tip: row.cells.count <= 40 ? tip : nil)
        }
        drawing.rect(scale.clamped(value) - 2.5, y - 14, 5, 28, "ink", tip: words)
        drawing.text(plot.right + 12, y - 2, Wording.value(value, of: claim.quantity), "strong")
        drawing.text(plot.right + 12, y + 13, Wording.verdict(row.verdict.verdict), "small quiet")
    }
}
