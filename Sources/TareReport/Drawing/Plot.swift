import TareCore

/// The frame of a chart: its plotting area, with axes drawn around it.
struct Plot: Sendable {
    /// Left edge of the plotting area.
    let left: Double
    /// Top edge.
    let top: Double
    /// Right edge.
    let right: Double
    /// Bottom edge.
    let bottom: Double

    /// Horizontal grid lines with their labels on the left, and the axis title above them.
    func verticalAxis(
        _ scale: Scale,
        ticks: [Double],
        title: String,
        in drawing: inout Drawing,
        label: (Double) -> String
    ) {
        for tick in ticks {
            let y = scale(tick)
            drawing.line(left, y, right, y, "grid")
            drawing.text(left - 6, y + 4, label(tick), "quiet end")
        }
        drawing.text(4, top - 10, title, "quiet")
    }

    /// Vertical grid lines with their labels below, and the axis title under them.
    ///
    /// A label that would touch the one before is left out; its line stays.
    func horizontalAxis(
        _ scale: Scale,
        ticks: [Double],
        title: String,
        in drawing: inout Drawing,
        label: (Double) -> String
    ) {
        var free = -1000.0
        for tick in ticks {
            let x = scale(tick)
            drawing.line(x, top, x, bottom, "grid")
            let words = label(tick)
            let half = TextMetrics.width(words) / 2
            if x - half > free + 4 {
                drawing.text(x, bottom + 16, words, "quiet mid")
                free = x + half
            }
        }
        drawing.line(left, bottom, right, bottom, "axis")
        drawing.text((left + right) / 2, bottom + 34, title, "quiet mid")
    }

    /// A tick's number without the zeros that say nothing: `20` for `20.0`, `0.5` for `0.500`.
    static func tick(_ value: Double) -> String { trimmed(NumberText.significant(value)) }

    /// A number with its unit, without the zeros that say nothing: `5 s` for `5.00 s`.
    static func trimmed(_ text: String) -> String {
        let number = text.prefix { $0 != " " && $0 != "%" }
        guard number.contains(".") else { return text }
        var kept = number
        while kept.hasSuffix("0") { kept = kept.dropLast() }
        if kept.hasSuffix(".") { kept = kept.dropLast() }
        return String(kept) + text.dropFirst(number.count)
    }
}
