/// A distribution given by measured values: its quantiles are linear between the order statistics.
public struct EmpiricalDistribution: Hashable, Sendable {
    /// The values, least first.
    public let values: [Double]

    /// The distribution of `values`, in any order.
    ///
    /// - Precondition: there is at least one value, and each is a number.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty && values.allSatisfy { !$0.isNaN }, "a distribution needs values")
        self.values = values.sorted()
    }

    /// The value below which a share `probability` of the draws falls.
    ///
    /// - Complexity: O(1).
    public func quantile(_ probability: Double) -> Double {
        let place = min(max(probability, 0), 1) * Double(values.count - 1)
        let below = min(Int(place), values.count - 1)
        let above = min(below + 1, values.count - 1)
        return values[below] + (values[above] - values[below]) * (place - Double(below))
    }
}
