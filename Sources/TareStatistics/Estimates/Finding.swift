/// A statistic, or the plain word that there are too few data for it.
///
/// A number that the data cannot carry is never printed; the reader learns how many are needed instead.
public enum Finding<Value> {
    /// The statistic.
    case found(Value)
    /// Too few data: how many there are and how many are needed.
    case notEnoughData(have: Int, need: Int)

    /// The statistic, or `nil` where there are too few data.
    public var value: Value? {
        if case .found(let value) = self { return value }
        return nil
    }

    /// The same finding with the value changed.
    public func map<Other>(_ change: (Value) -> Other) -> Finding<Other> {
        switch self {
        case .found(let value): .found(change(value))
        case .notEnoughData(let have, let need): .notEnoughData(have: have, need: need)
        }
    }
}

extension Finding: Sendable where Value: Sendable {}
extension Finding: Equatable where Value: Equatable {}
extension Finding: Hashable where Value: Hashable {}
extension Finding: Codable where Value: Codable {}
