import TareCore
import TareExperiment

/// The phases of a start over time, a VM's above a container's on one axis; the critical path is filled.
struct BootGantt {
    let timelines: [StartTimeline]

    /// The latest end of any phase or mark.
    static func end(_ timeline: StartTimeline) -> Double {
        (timeline.phases.map(\.endSeconds) + Array(timeline.marks.values)).filter(\.isFinite).max() ?? 0
    }

    /// The picture; time starts at zero and is linear.
    func drawing() -> Drawing {
        let rows = timelines.reduce(0) { $0 + $1.phases.count + 1 }
        let step = 20.0
        var drawing = Drawing(width: 760, height: 70 + step * Double(rows))
        let plot = Plot(left: 190, top: 12, right: 668, bottom: 12 + step * Double(rows))
        let x = Scale.linear(to: timelines.map(Self.end).max() ?? 1, from: plot.left, to: plot.right)
        plot.horizontalAxis(x, ticks: x.ticks(), title: "seconds after the request", in: &drawing) {
            Plot.tick($0)
        }
        var y = plot.top + step / 2
        for timeline in timelines {
            drawing.text(4, y + 4, Wording.platform(timeline.platform), "strong")
            let end = Self.end(timeline)
            drawing.text(plot.left, y + 4, "first answer after \(NumberText.seconds(end))", "small halo")
            drawing.evidence(timeline.evidence, 178, y, 5, tip: timeline.evidence.rawValue)
            y += step
            for phase in timeline.phases {
                draw(phase, y: y, x, plot, width: drawing.width, in: &drawing)
                y += step
            }
        }
        return drawing
    }

    private func draw(
        _ phase: StartTimeline.Phase, y: Double, _ x: Scale, _ plot: Plot, width: Double, in drawing: inout Drawing
    ) {
        let name = phase.name.replacing("_", with: " ")
        let shown = name.count > 26 ? String(name.prefix(25)) + "\u{2026}" : name
        drawing.text(plot.left - 8, y + 4, shown, phase.critical ? "small end strong" : "small end quiet")
        let from = x.clamped(phase.startSeconds)
        let to = max(x.clamped(phase.endSeconds), from + 2)
        let length = NumberText.seconds(phase.endSeconds - phase.startSeconds)
        let path = phase.critical ? ", on the critical path" : ""
        let tip = "\(name): \(length), from \(NumberText.seconds(phase.startSeconds))\(path)"
        drawing.rect(
            from, y - 7, to - from, 14, phase.critical ? (to - from > 8 ? "ink gap" : "ink") : "slack", tip: tip,
            radius: 2)
        let needs = TextMetrics.width(length, size: 11)
        if to + 6 + needs <= width {
            drawing.text(to + 5, y + 4, length, "small quiet halo")
        } else {
            drawing.text(from - 5, y + 4, length, "small quiet halo end")
        }
    }
}
