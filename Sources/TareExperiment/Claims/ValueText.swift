import TareCore

/// A claim's value as text, by what its quantity is.
struct ValueText {
    private let quantity: QuantityExpression

    init(_ quantity: QuantityExpression) { self.quantity = quantity }

    /// `63.4%`, `3.2 times`, `1.2 s`, `120 MiB` or the bare number.
    func text(_ value: Double) -> String {
        switch quantity.function {
        case .share: NumberText.percent(value)
        case .ratio: NumberText.significant(value) + " times"
        case .difference, .quantile:
            switch quantity.family {
            case "start": NumberText.seconds(value)
            case "disk", "mem": abs(value) < 9e18 ? "\(ByteCount(Int64(value)))" : "\(value)"
            default: NumberText.significant(value)
            }
        }
    }

    /// `60.0% to 70.0%`, `at least 30.0%`, `at most 2.00 times`.
    func band(_ claim: Claim) -> String {
        switch (claim.low, claim.high) {
        case (let low?, let high?): "\(text(low)) to \(text(high))"
        case (let low?, nil): "at least \(text(low))"
        case (nil, let high?): "at most \(text(high))"
        case (nil, nil): "no band"
        }
    }

    /// Both ends, or the one value where they are the same.
    func interval(_ ends: [Double]) -> String {
        guard let low = ends.first, let high = ends.last else { return "none" }
        if low == high { return quantity.family == "disk" ? "exact" : "one value" }
        return "\(text(low)) to \(text(high))"
    }
}
