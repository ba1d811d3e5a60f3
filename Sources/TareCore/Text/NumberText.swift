/// Numbers as text, the same on every machine and in every locale.
public enum NumberText {
    /// `value` with a fixed number of digits after the point.
    ///
    /// - Parameters:
    ///   - value: any number; infinities and not-a-number print as `inf`, `-inf`, `nan`.
    ///   - decimals: digits after the point, 0 to 15.
    /// - Returns: the digits, without a group mark.
    /// - Complexity: O(digits).
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : (value < 0 ? "-inf" : "inf") }
        let places = min(max(decimals, 0), 15)
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (abs(value) * scale).rounded(.toNearestOrEven)
        guard scaled < 9e18 else { return "\(value)" }
        let whole = UInt64(scaled)
        let power = UInt64(scale)
        let sign = value < 0 && whole != 0 ? "-" : ""
        guard places > 0 else { return sign + "\(whole)" }
        let fraction = "\(whole % power)"
        return sign + "\(whole / power)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// `value` with `digits` significant figures and no exponent between 1e-6 and 1e15: `0.00123`, `12.3`, `12,300`.
    ///
    /// Figures before the point are never replaced by zeros: 1,234 stays 1,234 at three figures.
    public static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : fixed(value, decimals: 0) }
        let magnitude = abs(value)
        guard magnitude >= 1e-6, magnitude < 1e15 else { return "\(value)" }
        var before = 1
        var bound = 10.0
        while magnitude >= bound {
            before += 1
            bound *= 10
        }
        var leading = 0
        if magnitude < 1 {
            var probe = magnitude
            while probe < 0.1 {
                probe *= 10
                leading += 1
            }
            before = 0
        }
        var decimals = max(0, digits - before + leading)
        // 0.9996 rounds up to a number that is one figure longer.
        let next = magnitude < 1 ? power(-leading) : bound
        if decimals > 0, (magnitude * power(decimals)).rounded() >= next * power(decimals) { decimals -= 1 }
        let text = fixed(value, decimals: decimals)
        return grouped(text)
    }

    /// A share of 0 to 1 as a percentage with one digit after the point: `63.4%`.
    public static func percent(_ share: Double, decimals: Int = 1) -> String {
        fixed(share * 100, decimals: decimals) + "%"
    }

    /// A duration given in seconds, in the unit that fits: `12.3 ms`, `4.56 s`, `3.2 min`.
    public static func seconds(_ value: Double) -> String {
        let magnitude = abs(value)
        if magnitude == 0 { return "0 s" }
        if magnitude < 1e-6 { return significant(value * 1e9) + " ns" }
        if magnitude < 1e-3 { return significant(value * 1e6) + " us" }
        if magnitude < 1 { return significant(value * 1e3) + " ms" }
        if magnitude < 120 { return significant(value) + " s" }
        return significant(value / 60) + " min"
    }

    /// An integer with a comma between groups of three digits: `1,234,567`.
    public static func count(_ value: Int) -> String { grouped("\(value)") }

    private static func power(_ exponent: Int) -> Double {
        var value = 1.0
        for _ in 0..<abs(exponent) { value *= 10 }
        return exponent < 0 ? 1 / value : value
    }

    private static func grouped(_ text: String) -> String {
        let negative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, whole.count > 3 else { return text }
        var out: [Character] = []
        for (offset, digit) in whole.reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        let head = (negative ? "-" : "") + String(out.reversed())
        return parts.count > 1 ? head + "." + String(parts[1]) : head
    }
}
