import TareCore

/// How far a result moves when one setting moves and the others stay: a bar a setting, the longest on top.
struct TornadoChart {
    /// One setting.
    struct Bar: Sendable, Hashable {
        /// The swept name.
        var name: String
        /// The setting that gives the least value, and that value.
        var low: (setting: String, value: Double) { (lowSetting, lowValue) }
        /// The setting that gives the greatest value, and that value.
        var high: (setting: String, value: Double) { (highSetting, highValue) }
        private var lowSetting: String
        private var lowValue: Double
        private var highSetting: String
        private var highValue: Double

        /// How far apart the ends are.
        var width: Double { highValue - lowValue }

        init(name: String, low: (setting: String, value: Double), high: (setting: String, value: Double)) {
            self.name = name
            lowSetting = low.setting
            lowValue = low.value
            highSetting = high.setting
            highValue = high.value
        }
    }

    let bars: [Bar]
    let base: Double
    let title: String
    let label: @Sendable (Double) -> String

    /// The picture.
    func drawing() -> Drawing {
        let step = 44.0
        var drawing = Drawing(width: 460, height: 80 + step * Double(bars.count))
        let plot = Plot(left: 92, top: 20, right: 440, bottom: 24 + step * Double(bars.count))
        let x = Scale.linear(to: (bars.map(\.high.value).max() ?? base) * 1.05, from: plot.left, to: plot.right)
        plot.horizontalAxis(x, ticks: x.ticks(about: 4), title: title, in: &drawing) { Plot.trimmed(label($0)) }
        for (index, bar) in bars.enumerated() {
            let top = plot.top + 16 + step * Double(index)
            drawing.text(plot.left - 8, top + 15, bar.name, "end strong")
            let from = x(bar.low.value)
            let to = x(bar.high.value)
            let tip =
                "\(bar.name): \(label(bar.low.value)) at \(bar.low.setting), \(label(bar.high.value)) at \(bar.high.setting)"
            drawing.rect(from, top, max(2, to - from), 18, "f-os gap", tip: tip)
            let middle = (from + to) / 2
            let words = bar.width == 0 ? "no effect" : "\(bar.low.setting) \u{2192} \(bar.high.setting)"
            let half = TextMetrics.width(words) / 2
            drawing.text(
                min(max(middle, plot.left + half), drawing.width - half - 2), top - 4, words, "small mid halo")
        }
        let at = x(base)
        drawing.line(at, plot.top, at, plot.bottom, "line")
        return drawing
    }
}
