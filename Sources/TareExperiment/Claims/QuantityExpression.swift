import TareCore

/// What a claim is about, as text that a person can write and a machine can compute: `share(os, disk.used, per=instance)`.
///
/// Functions: `share(owner, quantity)`, `ratio(vm, container, quantity)`, `difference(vm, container, quantity)`,
/// `median(quantity, platform)`, `p95(quantity, platform)`, `p99(quantity, platform)`. Each takes `per=instance` or
/// `per=host`; `share` also takes `platform=vm` (the default) or `platform=container`.
public struct QuantityExpression: Hashable, Sendable, CustomStringConvertible {
    /// What is computed.
    public enum Function: Hashable, Sendable {
        /// An owner's part of the whole, on one platform.
        case share(Owner, Platform)
        /// The first platform's value over the second's.
        case ratio(Platform, Platform)
        /// The first platform's value less the second's.
        case difference(Platform, Platform)
        /// A quantile of one platform's values.
        case quantile(Double, Platform)
    }

    /// What is computed.
    public var function: Function
    /// The quantity's name: `disk.used`, `mem.pss`, `start.first-response`, `density.instances`.
    public var quantity: String
    /// `instance` or `host`.
    public var subject: String

    /// Makes an expression from its parts.
    public init(function: Function, quantity: String, subject: String = "instance") {
        self.function = function
        self.quantity = quantity
        self.subject = subject
    }

    /// Every quantity that may be named.
    public static let quantities: [String] =
        DiskWeight.allCases.map(\.quantity) + MemoryWeight.allCases.map(\.quantity)
        + StartMark.allCases.map(\.quantity) + ["density.instances"] + LoadTemplate.quantities

    /// The last part of the quantity: the denominator's word, `used` in `disk.used`.
    public var weight: String {
        guard let dot = quantity.firstIndex(of: ".") else { return quantity }
        return String(quantity[quantity.index(after: dot)...])
    }

    /// The first part of the quantity: `disk` in `disk.used`.
    public var family: String { String(quantity.prefix { $0 != "." }) }

    /// Whether the value is a share of 0 to 1.
    public var isShare: Bool {
        if case .share = function { return true }
        return false
    }

    /// Whether the value may be negative.
    public var isDifference: Bool {
        if case .difference = function { return true }
        return false
    }

    /// The canonical text; parsing it gives the same expression.
    public var description: String {
        switch function {
        case .share(let owner, let platform):
            let side = platform == .vm ? "" : ", platform=\(platform.rawValue)"
            return "share(\(owner.rawValue), \(quantity), per=\(subject)\(side))"
        case .ratio(let left, let right):
            return "ratio(\(left.rawValue), \(right.rawValue), \(quantity), per=\(subject))"
        case .difference(let left, let right):
            return "difference(\(left.rawValue), \(right.rawValue), \(quantity), per=\(subject))"
        case .quantile(let probability, let platform):
            let name = probability == 0.5 ? "median" : "p\(Int((probability * 100).rounded()))"
            return "\(name)(\(quantity), \(platform.rawValue), per=\(subject))"
        }
    }
}
