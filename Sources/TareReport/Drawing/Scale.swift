import Glibc
import TareCore

/// Maps values to positions along one axis, and says where the ticks go.
struct Scale: Sendable {
    /// How values map to positions.
    enum Kind: Sendable {
        /// Equal steps are equal distances.
        case linear
        /// Equal ratios are equal distances; values must be above 0.
        case logarithmic
    }

    /// Linear or logarithmic.
    let kind: Kind
    /// The lowest value.
    let low: Double
    /// The highest value.
    let high: Double
    /// The position of `low`.
    let start: Double
    /// The position of `high`.
    let end: Double

    /// A linear scale from zero to a round number at or above `maximum`.
    static func linear(to maximum: Double, from start: Double, to end: Double, ticks: Int = 5) -> Scale {
        let step = niceStep(maximum > 0 && maximum.isFinite ? maximum : 1, count: ticks)
        let top = maximum > 0 && maximum.isFinite ? (maximum / step - 1e-9).rounded(.up) * step : 1
        return Scale(kind: .linear, low: 0, high: max(top, step), start: start, end: end)
    }

    /// A logarithmic scale from `low` to `high`, both above zero.
    ///
    /// A range of less than a factor of 4 is widened, so that there are ticks to read.
    static func logarithmic(_ low: Double, _ high: Double, from start: Double, to end: Double) -> Scale {
        var bottom = low > 0 && low.isFinite ? low : 1
        var top = high > bottom && high.isFinite ? high : bottom
        if top / bottom < 4 {
            let centre = (top * bottom).squareRoot()
            bottom = centre / 2
            top = centre * 2
        }
        return Scale(kind: .logarithmic, low: bottom, high: top, start: start, end: end)
    }

    /// The position of `value`; values outside the scale are outside the axis.
    func callAsFunction(_ value: Double) -> Double {
        let share: Double
        switch kind {
        case .linear: share = (value - low) / (high - low)
        case .logarithmic: share = log(max(value, low * 1e-9) / low) / log(high / low)
        }
        return start + share * (end - start)
    }

    /// The position of `value`, held inside the axis.
    func clamped(_ value: Double) -> Double { self(min(max(value, low), high)) }

    /// Round values inside the scale, ascending.
    func ticks(about count: Int = 5) -> [Double] {
        switch kind {
        case .linear:
            let step = Scale.niceStep(high - low, count: count)
            var ticks: [Double] = []
            var index = (low / step).rounded(.up)
            while index * step <= high * (1 + 1e-9) + 1e-12 {
                ticks.append(index * step)
                index += 1
            }
            return ticks
        case .logarithmic:
            let decades = log10(high / low)
            let steps: [Double] = decades > 3.5 ? [1] : (decades > 1.6 ? [1, 3] : [1, 2, 5])
            var ticks: [Double] = []
            for exponent in Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up)) {
                for step in steps {
                    let tick = step * Scale.power(exponent)
                    if tick >= low * (1 - 1e-9), tick <= high * (1 + 1e-9) { ticks.append(tick) }
                }
            }
            return ticks
        }
    }

    /// Powers of two inside the scale, for axes of bytes; every second or third where they are many.
    func binaryTicks(about count: Int = 6) -> [Double] {
        let first = Int(log2(low).rounded(.up))
        let last = Int(log2(high).rounded(.down))
        guard last >= first else { return [] }
        let stride = max(1, Int((Double(last - first + 1) / Double(count)).rounded(.up)))
        return Swift.stride(from: first, through: last, by: stride).map { exp2(Double($0)) }
    }

    /// A step of 1, 2 or 5 times a power of ten that cuts `span` into about `count` pieces.
    static func niceStep(_ span: Double, count: Int) -> Double {
        let raw = span / Double(max(count, 1))
        guard raw > 0, raw.isFinite else { return 1 }
        let magnitude = power(Int(log10(raw).rounded(.down)))
        let lead = raw / magnitude
        return (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10) * magnitude
    }

    private static func power(_ exponent: Int) -> Double {
        var value = 1.0
        for _ in 0..<abs(exponent) { value *= 10 }
        return exponent < 0 ? 1 / value : value
    }
}
