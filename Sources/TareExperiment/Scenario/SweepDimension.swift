/// One swept name and its values as text with their units.
public struct SweepDimension: Codable, Sendable, Hashable {
    /// The name, without `$`.
    public var name: String
    /// The values, in the file's order.
    public var values: [String]

    /// Makes a dimension.
    public init(name: String, values: [String]) {
        self.name = name
        self.values = values
    }
}
