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
        var drawing = Drawing(width: 620, height: 440)
        let plot = Plot(left: 70, top: 30, right: 600, bottom: 384)
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
            Wording.bytes($0)
        }
        plot.horizontalAxis(x, ticks: x.binaryTicks(about: 5), title: "guest OS (log axis)", in: &drawing) {
            Wording.bytes($0)
        }
        let bounds = ratios
        if bounds.high.isFinite, bounds.low > 0 {
            drawing.clipped(to: (plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top)) { inner in
                let lower = [x.low, x.high].map { (x: x($0), y: y($0 * bounds.low)) }
                let upper = [x.high, x.low].map { (x: x($0), y: y($0 * bounds.high)) }
                inner.path(lower + upper, "bandfill", closed: true)
                inner.path(lower + upper, "bandline", closed: true)
            }
            let middle = (x.low * x.high).squareRoot() / 2.2
            let height = y.clamped(middle * (bounds.low * bounds.high).squareRoot())
            drawing.text(x(middle), height + 4, "OS is \(Wording.band(band)) here", "strong mid halo")
        }
        let spots = points.map { (x: x($0.partBytes), y: y($0.wholeBytes - $0.partBytes)) }
        let labels = TextMetrics.apart(spots.map(\.y), gap: 13, within: plot.top...plot.bottom)
        for (place, cell) in points.enumerated() {
            let spot = spots[place]
            let rest = Wording.bytes(cell.wholeBytes - cell.partBytes)
            let tip =
                "\(cell.workload) on \(cell.guest): OS \(Wording.bytes(cell.partBytes)), rest \(rest), "
                + Wording.share(cell.share)
            let right = spot.x < plot.right - 90
            drawing.text(
                right ? spot.x + 9 : spot.x - 9, labels[place] + 4, cell.workload,
                right ? "small halo" : "small halo end"
            )
            drawing.evidence(cell.evidence, spot.x, spot.y, 5, tip: tip)
        }
        return drawing
    }
}
