import TareCore

/// VM against container in one cell, paired by replication: both sides of a pair share their random draws.
///
/// The JSON keys are public (Docs/schemas/run.schema.json); what is not there is `null`.
public struct PairedEstimate: Codable, Sendable, Hashable {
    /// The cell's id.
    public var cell: String
    /// Simulated or measured.
    public var mode: RunMode
    /// The quantity's name.
    public var quantity: String
    /// Whom it is about.
    public var subject: String
    /// Whose part it is; `nil` for the whole.
    public var owner: Owner?
    /// The unit of the difference.
    public var unit: String
    /// Pairs.
    public var n: Int
    /// The median of VM over container; `nil` where a container's value is 0.
    public var ratio: Double?
    /// The 95% interval of the median ratio; `nil` below six pairs.
    public var ratioInterval: [Double]?
    /// The median of VM less container.
    public var difference: Double
    /// The 95% interval of the median difference; `nil` below six pairs.
    public var differenceInterval: [Double]?
    /// The weakest kind of evidence among the values.
    public var evidence: Evidence

    enum CodingKeys: String, CodingKey {
        case cell, mode, quantity, subject, owner, unit, n, ratio, difference, evidence
        case ratioInterval = "ratio_interval"
        case differenceInterval = "difference_interval"
    }

    /// Writes every key, absent values as `null`.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(cell, forKey: .cell)
        try keys.encode(mode, forKey: .mode)
        try keys.encode(quantity, forKey: .quantity)
        try keys.encode(subject, forKey: .subject)
        try keys.encode(owner, forKey: .owner)
        try keys.encode(unit, forKey: .unit)
        try keys.encode(n, forKey: .n)
        try keys.encode(ratio, forKey: .ratio)
        try keys.encode(ratioInterval, forKey: .ratioInterval)
        try keys.encode(difference, forKey: .difference)
        try keys.encode(differenceInterval, forKey: .differenceInterval)
        try keys.encode(evidence, forKey: .evidence)
    }
}
