import TareCore

/// How many instances each resource of the host would allow: a dot a resource, the least one decides.
struct LimitChart {
    /// One platform's limits.
    struct Arm: Sendable {
        /// VM or container.
        var platform: Platform
        /// Instances that fit.
        var fits: Double
        /// Instances that each resource alone would allow, least first.
        var limits: [(resource: String, instances: Double)]
    }

    let arms: [Arm]

    /// The picture, on a logarithmic axis of dots.
    func drawing() -> Drawing {
        let rows = arms.reduce(0) { $0 + $1.limits.count + 1 }
        let step = 24.0
        var drawing = Drawing(width: 760, height: 90 + step * Double(rows))
        let plot = Plot(left: 190, top: 18, right: 700, bottom: 18 + step * Double(rows))
        let all = arms.flatMap { $0.limits.map(\.instances) + [$0.fits] }.filter { $0 >= 1 }
        let x = Scale.logarithmic(
            max(1, (all.min() ?? 1) / 2), (all.max() ?? 10) * 2, from: plot.left, to: plot.right
        )
        plot.horizontalAxis(x, ticks: x.ticks(), title: "instances that fit (log axis)", in: &drawing) {
            Plot.tick($0)
        }
        var y = plot.top + step / 2
        for arm in arms {
            drawing.text(4, y + 4, Wording.platform(arm.platform, count: 2), "strong")
            y += step
            for (rank, limit) in arm.limits.enumerated() {
                let binds = rank == 0
                let name = limit.resource.replacing("_", with: " ")
                drawing.text(plot.left - 10, y + 4, name, binds ? "end strong" : "end quiet")
                let at = x.clamped(limit.instances)
                drawing.line(plot.left, y, at, y, binds ? "line modelled" : "thin modelled")
                let number = NumberText.count(Int(min(limit.instances, 1e15)))
                let tip = "\(Wording.platform(arm.platform, count: 2)): \(name) allows \(number)"
                drawing.circle(at, y, binds ? 6 : 4, binds ? "ink gap" : "ring", tip: tip)
                let words = binds ? "\(number), decides" : number
                let flips = at + 12 + TextMetrics.width(words) > drawing.width
                drawing.text(
                    flips ? at - 10 : at + 10, y + 4, words,
                    (binds ? "strong halo" : "small quiet halo") + (flips ? " end" : ""))
                y += step
            }
        }
        return drawing
    }
}
