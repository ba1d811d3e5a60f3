/// An interval of a quantity, with the level it was asked for.
public struct Interval: Codable, Sendable, Hashable {
    /// The lower end.
    public var low: Double
    /// The upper end; `infinity` where the data do not bound it.
    public var high: Double
    /// The wanted probability that it covers, 0 to 1.
    public var level: Double

    /// Makes an interval; the ends may be given in either order.
    public init(low: Double, high: Double, level: Double = 0.95) {
        self.low = min(low, high)
        self.high = max(low, high)
        self.level = level
    }

    /// The interval of an exact count: both ends are the value.
    public static func exact(_ value: Double) -> Interval { Interval(low: value, high: value, level: 1) }

    /// Whether both ends are one number.
    public var isExact: Bool { low == high }
    /// Half the distance of the ends.
    public var halfWidth: Double { (high - low) / 2 }

    /// Half the distance of the ends as a share of `value`; infinite where `value` is 0 and the interval is not exact.
    public func relativeHalfWidth(of value: Double) -> Double {
        if isExact { return 0 }
        return value == 0 ? .infinity : halfWidth / abs(value)
    }

    /// Whether `value` lies between the ends or on one.
    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
