import Glibc
import TareCore
import TareExperiment

/// OS size against everything else: the wedge where the claim holds, exactly, and the cells as dots.
///
/// share = OS / (OS + rest) is inside low..high just where rest / OS is inside (1 - high) / high .. (1 - low) / low:
/// 0.43 to 0.67 for 60% to 70%.
struct ClaimMap {
    let band: [Double]
    let cells: [ClaimResult.CellShare]

    /// The lowest and highest ratio of the rest to the OS at which the claim holds.
    var ratios: (low: Double, high: Double) {
        guard band.count == 2, band[0] > 0 else { return (0, .infinity) }
        return ((1 - band[1]) / band[1], (1 - band[0]) / band[0])
    }

    /// The picture.
    func drawing() -> Drawing {
        var drawing = Drawing(width: 760, height: 470)
        let plot = Plot(left: 76, top: 30, right: 740, bottom: 414)
        let points = cells.filter { $0.partBytes > 0 && $0.wholeBytes > $0.partBytes }
        let parts = points.map(\.partBytes) + [268_435_456, 2_147_483_648]
        let rests = points.map { $0.wholeBytes - $0.partBytes } + [67_108_864, 2_147_483_648]
        let x = Scale.logarithmic(
            (parts.min() ?? 1) / 1.4, (parts.max() ?? 1) * 1.4, from: plot.left, to: plot.right
        )
        let y = Scale.logarithmic(
            (rests.min() ?? 1) / 1.4, (rests.max() ?? 1) * 1.4, from: plot.bottom, to: plot.top
        )
        plot.verticalAxis(y, ticks: y.binaryTicks(), title: "everything else (log axis)", in: &drawing) {
            Plot.trimmed(Wording.bytes($0))
        }
        plot.horizontalAxis(x, ticks: x.binaryTicks(about: 5), title: "guest OS (log axis)", in: &drawing) {
            Plot.trimmed(Wording.bytes($0))
        }
        let bounds = ratios
        if bounds.high.isFinite, bounds.low > 0 {
            drawing.clipped(to: (plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top)) { inner in
                let lower = [x.low, x.high].map { (x: x($0), y: y($0 * bounds.low)) }
                let upper = [x.high, x.low].map { (x: x($0), y: y($0 * bounds.high)) }
                inner.path(lower + upper, "bandfill", closed: true)
                inner.path(lower + upper, "bandline", closed: true)
            }
        }
        let spots = points.map { (x: x($0.partBytes), y: y($0.wholeBytes - $0.partBytes)) }
        name(bounds, away: spots.map(\.x), x, y, plot, in: &drawing)
        let labels = Self.labels(spots, within: plot.top...plot.bottom - 8)
        for (place, cell) in points.enumerated() {
            let spot = spots[place]
            let rest = Wording.bytes(cell.wholeBytes - cell.partBytes)
            let tip =
                "\(cell.workload) on \(cell.guest): OS \(Wording.bytes(cell.partBytes)), rest \(rest), "
                + Wording.share(cell.share)
            let right = spot.x < plot.right - 90
            if abs(labels[place] - spot.y) > 6 {
                drawing.line(spot.x, spot.y, right ? spot.x + 14 : spot.x - 14, labels[place], "grid")
            }
            drawing.text(
                right ? spot.x + 16 : spot.x - 16, labels[place] + 4, cell.workload,
                right ? "small halo" : "small halo end"
            )
            drawing.evidence(cell.evidence, spot.x, spot.y, 5, tip: tip)
        }
        return drawing
    }

    /// Heights of labels: kept apart where their columns are close, and only there.
    private static func labels(_ spots: [(x: Double, y: Double)], within range: ClosedRange<Double>) -> [Double] {
        var heights = spots.map(\.y)
        var rest = Array(spots.indices).sorted { spots[$0].x < spots[$1].x }
        while let first = rest.first {
            let column = rest.filter { spots[$0].x - spots[first].x < 90 }
            let apart = TextMetrics.apart(column.map { spots[$0].y }, gap: 13, within: range)
            for (place, index) in column.enumerated() { heights[index] = apart[place] }
            rest.removeAll { column.contains($0) }
        }
        return heights
    }

    /// Names the wedge where it is farthest from any mark.
    private func name(
        _ bounds: (low: Double, high: Double), away marks: [Double], _ x: Scale, _ y: Scale, _ plot: Plot,
        in drawing: inout Drawing
    ) {
        guard bounds.high.isFinite, bounds.low > 0 else { return }
        let ratio = (bounds.low * bounds.high).squareRoot()
        let choices = (1...8).map { step -> (at: Double, height: Double, gap: Double) in
            let at = plot.left + 90 + Double(step - 1) / 7 * (plot.right - plot.left - 180)
            let share = (at - plot.left) / (plot.right - plot.left)
            let height = y(x.low * exp(share * log(x.high / x.low)) * ratio)
            return (at, height, marks.map { abs($0 - at) }.min() ?? 1000)
        }
        let inside = choices.filter { $0.height > plot.top + 20 && $0.height < plot.bottom - 20 }
        guard let best = inside.max(by: { $0.gap < $1.gap }) else { return }
        drawing.text(best.at, best.height + 4, "OS is \(Wording.band(band)) here", "strong mid halo")
    }
}
