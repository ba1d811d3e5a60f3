import TareCore

/// Spans of time as docker's flags have them: `30s`, `1m30s`, `500ms`, and plain seconds.
enum SpanText {
    /// Reads one, in seconds.
    static func read(_ text: String, flag: String) throws(TareError) -> Double {
        if let seconds = Double(text), seconds >= 0 { return seconds }
        var rest = text[...]
        var sum = 0.0
        let factors: [(String, Double)] = [("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("h", 3600), ("m", 60), ("s", 1)]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest[digits.endIndex...]
            guard let number = Double(digits), let unit = factors.first(where: { rest.hasPrefix($0.0) }) else {
                throw TareError(
                    .usage, subject: "\(flag) \(text)", "not a span of time", hint: "write 30s, 1m30s or 500ms")
            }
            sum += number * unit.1
            rest = rest.dropFirst(unit.0.count)
        }
        return sum
    }
}
