import TareCore

/// Values with their units, as people read them.
enum ValueWording {
    /// One value: `1.50 GiB`, `312 ms`, `128`.
    static func value(_ value: Double, _ unit: String) -> String {
        switch unit {
        case "bytes": abs(value) < 9e18 ? ByteCount(Int64(value.rounded())).description : "\(value) B"
        case "seconds": NumberText.seconds(value)
        case "instances", "count":
            value == value.rounded() && abs(value) < 1e15 ? NumberText.count(Int(value)) : NumberText.significant(value)
        case "ratio": NumberText.significant(value)
        default: NumberText.significant(value) + " " + unit
        }
    }

    /// A ratio and its interval: `3.13x [3.10, 3.20]`, `3.00x exact`, `3.00x (n < 6)`.
    static func ratio(_ ratio: Double?, _ interval: [Double]?) -> String {
        guard let ratio else { return "-" }
        let text = NumberText.significant(ratio) + "x"
        guard let low = interval?.first, let high = interval?.last else { return text + " (too few for an interval)" }
        if low == high { return text + " exact" }
        return text + " [\(NumberText.significant(low)), \(NumberText.significant(high))]"
    }

    /// A change and its interval: `+12.3% [+10.0%, +14.1%]`.
    static func change(_ change: Double?, _ interval: [Double]?) -> String {
        guard let change else { return "-" }
        guard let low = interval?.first, let high = interval?.last else {
            return signed(change) + " (too few for an interval)"
        }
        return low == high ? signed(change) + " exact" : signed(change) + " [\(signed(low)), \(signed(high))]"
    }

    private static func signed(_ share: Double) -> String { (share > 0 ? "+" : "") + NumberText.percent(share) }
}
