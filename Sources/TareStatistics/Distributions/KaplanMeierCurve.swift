import Glibc

/// The distribution of observed values with a band, where some values are only known to be greater than a limit.
///
/// Failures and timeouts stay in: a start that was not ready after 30 s is a value above 30 s, not a missing one.
/// The curve is Kaplan-Meier's, which is the plain step curve where nothing is censored. The band holds for the whole
/// curve at once (Dvoretzky, Kiefer & Wolfowitz 1956 with the constant of Massart 1990): sqrt(ln(2 / (1 - level)) / 2n)
/// about the curve of all n values, whatever the censored ones would have been.
public struct KaplanMeierCurve: Codable, Sendable, Hashable {
    /// The curve at and after one value, up to the next.
    public struct Step: Codable, Sendable, Hashable {
        /// Where the step is, in the unit of the values.
        public var value: Double
        /// The share of values at most `value`.
        public var probability: Double
        /// The lower end of the band.
        public var low: Double
        /// The upper end of the band.
        public var high: Double
    }

    /// Values that were seen.
    public let observed: Int
    /// Values that are only known to be greater than their limit.
    public let censored: Int
    /// The level of the band.
    public let level: Double
    /// Half the band's height where nothing is censored.
    public let halfWidth: Double
    /// The steps, by rising value; a limit of a censored value is a step without a rise.
    public let steps: [Step]

    /// Makes the distribution; `nil` without any value.
    ///
    /// - Parameters:
    ///   - values: values that were seen, in any order.
    ///   - censored: limits that were reached without the event, in the same unit.
    ///   - level: the wanted probability that the band holds everywhere.
    /// - Complexity: O(n log n).
    public init?(_ values: [Double], censored: [Double] = [], level: Double = 0.95) {
        let total = values.count + censored.count
        guard total > 0 else { return nil }
        self.observed = values.count
        self.censored = censored.count
        self.level = level
        halfWidth = (log(2 / (1 - level)) / (2 * Double(total))).squareRoot()
        // An event at a limit counts before the limit, as is usual.
        let marks =
            values.map { (value: $0, isEvent: true) } + censored.map { (value: $0, isEvent: false) }
        let sorted = marks.sorted { $0.value < $1.value }
        var steps: [Step] = []
        var index = 0
        var surviving = 1.0
        var events = 0
        var lost = 0
        while index < sorted.count {
            let value = sorted[index].value
            var eventsHere = 0
            var lostHere = 0
            while index < sorted.count, sorted[index].value == value {
                if sorted[index].isEvent { eventsHere += 1 } else { lostHere += 1 }
                index += 1
            }
            surviving *= 1 - Double(eventsHere) / Double(total - events - lost)
            // Without censoring the share itself, free of rounding.
            let share = lost == 0 ? Double(events + eventsHere) / Double(total) : 1 - surviving
            events += eventsHere
            lost += lostHere
            steps.append(
                Step(
                    value: value,
                    probability: share,
                    low: max(0, Double(events) / Double(total) - halfWidth),
                    high: min(1, Double(events + lost) / Double(total) + halfWidth)
                )
            )
        }
        self.steps = steps
    }

    /// How many values, censored ones included.
    public var count: Int { observed + censored }

    /// The share of values at most `value`; 0 below the first step.
    ///
    /// - Complexity: O(log n).
    public func probability(at value: Double) -> Double { step(at: value)?.probability ?? 0 }

    /// The band at `value`.
    ///
    /// - Complexity: O(log n).
    public func band(at value: Double) -> Interval {
        guard let step = step(at: value) else { return Interval(low: 0, high: min(1, halfWidth), level: level) }
        return Interval(low: step.low, high: step.high, level: level)
    }

    /// The least value at which the curve reaches `probability`; `nil` where censoring hides it.
    ///
    /// - Complexity: O(n).
    public func quantile(_ probability: Double) -> Double? {
        // Half an ulp of a sum of shares must not push a quantile to the next step.
        steps.first { $0.probability >= probability - 1e-12 }?.value
    }

    /// The values at which the band crosses `probability`: an interval of that quantile, for all of them at once.
    ///
    /// - Returns: from the least value that the band's upper end allows to the value at which its lower end arrives;
    ///   infinite where it never does.
    /// - Complexity: O(n).
    public func quantileBand(_ probability: Double) -> Interval {
        let low =
            halfWidth >= probability ? -Double.infinity : steps.first { $0.high >= probability }?.value ?? .infinity
        let high = steps.first { $0.low >= probability }?.value ?? .infinity
        return Interval(low: low, high: high, level: level)
    }

    private func step(at value: Double) -> Step? {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].value <= value { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? steps[low - 1] : nil
    }
}
