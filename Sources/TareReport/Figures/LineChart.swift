import TareCore

/// Lines over the number of instances, a line a platform.
struct LineChart {
    /// One line.
    struct Series: Sendable {
        /// VM or container.
        var platform: Platform
        /// Points by x.
        var points: [(instances: Int, value: Double, low: Double, high: Double)]
        /// What kind of numbers they are; modelled lines are dashed.
        var evidence: Evidence
    }

    let series: [Series]
    let title: String
    let label: @Sendable (Double) -> String

    /// The picture; y starts at zero, x is logarithmic.
    func drawing() -> Drawing {
        var drawing = Drawing(width: 760, height: 340)
        let plot = Plot(left: 74, top: 34, right: 640, bottom: 282)
        let counts = Set(series.flatMap { $0.points.map(\.instances) }).sorted()
        let x = Scale.logarithmic(
            Double(counts.first ?? 1) / 1.15, Double(counts.last ?? 10) * 1.15, from: plot.left, to: plot.right
        )
        let y = Scale.linear(to: series.flatMap { $0.points.map(\.high) }.max() ?? 1, from: plot.bottom, to: plot.top)
        plot.verticalAxis(y, ticks: y.ticks(), title: title, in: &drawing) { Plot.trimmed(label($0)) }
        plot.horizontalAxis(x, ticks: counts.map(Double.init), title: "N started at once (log axis)", in: &drawing) {
            Plot.tick($0)
        }
        let ends = TextMetrics.apart(
            series.map { y($0.points.last?.value ?? 0) }, gap: 30, within: plot.top...plot.bottom)
        for (place, line) in series.enumerated() {
            let points = line.points.map { (x: x(Double($0.instances)), y: y($0.value)) }
            let dash = line.evidence == .modelled ? " modelled" : ""
            let upper = line.points.map { (x: x(Double($0.instances)), y: y($0.high)) }
            let lower = line.points.reversed().map { (x: x(Double($0.instances)), y: y($0.low)) }
            drawing.path(upper + lower, line.platform == .vm ? "spread" : "spread-quiet", closed: true)
            drawing.path(points, (line.platform == .vm ? "line" : "quiet-line") + dash)
            for (spot, point) in zip(points, line.points) {
                let tip =
                    "\(point.instances) \(Wording.platform(line.platform, count: point.instances)): \(label(point.value))"
                drawing.evidence(line.evidence, spot.x, spot.y, 5, tip: tip)
            }
            guard let last = line.points.last, let end = points.last else { continue }
            drawing.text(end.x + 12, ends[place], Wording.platform(line.platform, count: 2), "strong halo")
            drawing.text(end.x + 12, ends[place] + 14, label(last.value), "small halo")
        }
        return drawing
    }
}
