import TareCore

/// The share of starts that are done by a time, with a Dvoretzky-Kiefer-Wolfowitz 95% band.
///
/// The share is of the starts that were asked for, so a failed start keeps its curve below 100%.
struct StartCurve {
    let sets: [StartSet]

    /// The picture, on a logarithmic axis.
    func drawing() -> Drawing {
        var drawing = Drawing(width: 760, height: 350)
        let plot = Plot(left: 52, top: 34, right: 730, bottom: 292)
        let everything = sets.flatMap(\.seconds).filter { $0 > 0 }
        let x = Scale.logarithmic(
            (everything.min() ?? 0.1) / 1.4, (everything.max() ?? 10) * 1.4, from: plot.left, to: plot.right
        )
        let y = Scale.linear(to: 100, from: plot.bottom, to: plot.top)
        plot.verticalAxis(y, ticks: y.ticks(), title: "starts that have answered (%)", in: &drawing) {
            Plot.tick($0)
        }
        plot.horizontalAxis(x, ticks: x.ticks(about: 6), title: "time to the first answer (log axis)", in: &drawing) {
            Plot.trimmed(NumberText.seconds($0))
        }
        for set in sets where !set.seconds.isEmpty { draw(set, x, y, plot, in: &drawing) }
        return drawing
    }

    private func draw(_ set: StartSet, _ x: Scale, _ y: Scale, _ plot: Plot, in drawing: inout Drawing) {
        let count = Double(set.seconds.count)
        let stride = max(1, set.seconds.count / 60)
        var steps: [(x: Double, share: Double)] = [(x.clamped(set.seconds[0]), 0)]
        for rank in set.seconds.indices where (rank + 1) % stride == 0 || rank == set.seconds.count - 1 {
            let at = x.clamped(set.seconds[rank])
            steps.append((at, steps[steps.count - 1].share))
            steps.append((at, Double(rank + 1) / count * set.doneShare * 100))
        }
        let half = set.halfBand * 100
        let upper = steps.map { (x: $0.x, y: y(min(100, $0.share + half))) }
        let lower = steps.reversed().map { (x: $0.x, y: y(max(0, $0.share - half))) }
        drawing.path(upper + lower, set.platform == .vm ? "spread" : "spread-quiet", closed: true)
        let dash = set.evidence == .modelled ? " modelled" : ""
        drawing.path(steps.map { (x: $0.x, y: y($0.share)) }, (set.platform == .vm ? "line" : "quiet-line") + dash)
        for (probability, name) in [(0.5, "p50"), (0.95, "p95")] {
            guard let value = set.quantile(probability) else { continue }
            let at = x.clamped(value)
            let height = y(probability * 100)
            let tip = "\(name) of \(Wording.platform(set.platform, count: 2)): \(NumberText.seconds(value))"
            drawing.evidence(set.evidence, at, height, 5, tip: tip)
            if probability == 0.5 { drawing.text(at + 10, height + 4, NumberText.seconds(value), "small halo") }
        }
        let words = Wording.platform(set.platform, count: 2)
        let at = steps.first { $0.share >= 75 * set.doneShare }?.x ?? steps[steps.count - 1].x
        let flips = at + 14 + TextMetrics.width(words) > drawing.width
        drawing.text(flips ? at - 14 : at + 14, y(75) + 4, words, flips ? "strong end halo" : "strong halo")
    }
}
