/// Durations as Go writes them: `1h30m`, `1.5s`, `300ms`.
enum DurationText {
    private static let units: [(String, Int64)] = [
        ("ns", 1), ("us", 1000), ("\u{B5}s", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]

    /// The duration, or `nil` where the text is none or does not fit.
    static func read(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var total: Double = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard digits != ".", let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
            guard let unit = units.first(where: { $0.0 == name }) else { return nil }
            total += number * Double(unit.1)
            rest = rest.dropFirst(name.count)
        }
        return total < 9.2e18 ? .nanoseconds(Int64(total.rounded())) : nil
    }
}
