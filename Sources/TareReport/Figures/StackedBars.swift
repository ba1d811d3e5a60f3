import TareCore
import TareExperiment

/// Paired bars by owner over N: VMs beside containers on one axis, absolute or as shares.
struct StackedBars {
    let index: SampleIndex
    let cells: [Cell]
    let quantity: String

    /// One bar's segments from the bottom.
    func segments(_ cell: Cell, _ platform: Platform) -> [(owner: Owner?, value: Double)] {
        let split = Owner.allCases.compactMap { owner in
            index.total(cell, platform, quantity, owner).map { (owner: Optional(owner), value: $0) }
        }
        if !split.isEmpty { return split }
        return index.total(cell, platform, quantity, nil).map { [(owner: nil, value: $0)] } ?? []
    }

    /// The picture; `relative` draws every bar to 100%.
    func drawing(relative: Bool) -> Drawing {
        var drawing = Drawing(width: 460, height: 300)
        let plot = Plot(left: 52, top: 34, right: 452, bottom: 244)
        let sums = cells.flatMap { cell in
            Platform.allCases.map { platform in segments(cell, platform).reduce(0) { $0 + $1.value } }
        }
        let unit = ByteUnit(for: sums.max() ?? 0)
        let scale = Scale.linear(
            to: relative ? 100 : (sums.max() ?? 0) / unit.bytes, from: plot.bottom, to: plot.top
        )
        let title = relative ? "share of the bar (%)" : "\(Wording.weight(quantity)), all N together (\(unit.name))"
        plot.verticalAxis(scale, ticks: scale.ticks(), title: title, in: &drawing) { Plot.tick($0) }
        let step = (plot.right - plot.left) / Double(max(cells.count, 1))
        let width = min(46, step * 0.4)
        for (place, cell) in cells.enumerated() {
            let centre = plot.left + (Double(place) + 0.5) * step
            for platform in Platform.allCases {
                let x = platform == .vm ? centre - width - 1 : centre + 1
                bar(cell, platform, x: x, width: width, unit: unit, scale: scale, relative: relative, in: &drawing)
                drawing.text(x + width / 2, plot.bottom + 14, platform == .vm ? "VM" : "Ct", "small quiet mid")
            }
            drawing.text(centre, plot.bottom + 30, NumberText.count(cell.instances), "mid")
        }
        drawing.line(plot.left, plot.bottom, plot.right, plot.bottom, "axis")
        drawing.text((plot.left + plot.right) / 2, plot.bottom + 48, "N services (Ct = container)", "quiet mid")
        return drawing
    }

    private func bar(
        _ cell: Cell, _ platform: Platform, x: Double, width: Double, unit: ByteUnit, scale: Scale, relative: Bool,
        in drawing: inout Drawing
    ) {
        let parts = segments(cell, platform)
        let sum = parts.reduce(0) { $0 + $1.value }
        guard sum > 0 else { return }
        var below = 0.0
        for part in parts {
            let factor = relative ? 100 / sum : 1 / unit.bytes
            let top = scale((below + part.value) * factor)
            let height = scale(below * factor) - top
            below += part.value
            let name = part.owner?.rawValue ?? "unsplit"
            let tip =
                "\(Wording.platform(platform)), N = \(cell.instances), \(Wording.owner(part.owner)): "
                + "\(Wording.bytes(part.value)), \(Wording.share(part.value / sum))"
            drawing.rect(x, top, width, height, "f-\(name) gap", tip: tip)
            if part.owner == .platform { drawing.rect(x, top, width, height, "hatch") }
            if part.owner == .writable { drawing.rect(x, top, width, height, "dots") }
            if relative, height > 15, width > 26 {
                let words = NumberText.fixed(part.value / sum * 100, decimals: 0) + "%"
                drawing.text(x + width / 2, top + height / 2 + 4, words, "small mid on-\(name)")
            }
        }
        guard !relative else { return }
        let other = platform == .vm ? segments(cell, .container).reduce(0) { $0 + $1.value } : 0
        let top = scale(sum / unit.bytes)
        // Two numbers beside each other would touch: the left one goes a line up.
        let lift = other > 0 && abs(top - scale(other / unit.bytes)) < 13 ? 12.0 : 0
        drawing.text(x + width / 2, top - 4 - lift, unit.text(sum), "small mid halo")
    }
}
