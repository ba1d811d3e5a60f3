import Glibc
import TareCore

/// The share of starts that are done by a time, with a Dvoretzky-Kiefer-Wolfowitz 95% band.
struct StartCurve {
    /// Sorted seconds of each platform.
    let values: [(platform: Platform, seconds: [Double])]

    /// The picture, on a logarithmic axis.
    func drawing() -> Drawing {
        var drawing = Drawing(width: 620, height: 320)
        let plot = Plot(left: 52, top: 34, right: 540, bottom: 262)
        let everything = values.flatMap(\.seconds).filter { $0 > 0 }
        let x = Scale.logarithmic(
            (everything.min() ?? 0.1) / 1.3, (everything.max() ?? 10) * 1.3, from: plot.left, to: plot.right
        )
        let y = Scale.linear(to: 100, from: plot.bottom, to: plot.top)
        plot.verticalAxis(y, ticks: y.ticks(), title: "starts that are done (%)", in: &drawing) {
            NumberText.significant($0)
        }
        plot.horizontalAxis(x, ticks: x.ticks(), title: "time to the first answer (log axis)", in: &drawing) {
            NumberText.seconds($0)
        }
        for (platform, seconds) in values where !seconds.isEmpty {
            let count = Double(seconds.count)
            let half = sqrt(log(2 / 0.05) / (2 * count)) * 100
            let stride = max(1, seconds.count / 200)
            var steps: [(x: Double, share: Double)] = [(x.clamped(seconds[0]), 0)]
            for rank in seconds.indices where rank % stride == 0 || rank == seconds.count - 1 {
                let at = x.clamped(seconds[rank])
                steps.append((at, steps[steps.count - 1].share))
                steps.append((at, Double(rank + 1) / count * 100))
            }
            let upper = steps.map { (x: $0.x, y: y(min(100, $0.share + half))) }
            let lower = steps.reversed().map { (x: $0.x, y: y(max(0, $0.share - half))) }
            drawing.path(upper + lower, platform == .vm ? "spread" : "spread-quiet", closed: true)
            drawing.path(steps.map { (x: $0.x, y: y($0.share)) }, platform == .vm ? "line" : "quiet-line")
            let end = steps[steps.count - 1]
            drawing.text(min(end.x + 6, plot.right - 4), plot.top - 4, Wording.platform(platform), "strong halo")
        }
        return drawing
    }
}
