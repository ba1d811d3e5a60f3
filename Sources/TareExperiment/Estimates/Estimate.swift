import TareCore

/// One quantity of one cell on one platform, over its replications.
///
/// The JSON keys are public (Docs/schemas/run.schema.json); what is not there is `null`.
public struct Estimate: Codable, Sendable, Hashable {
    /// The cell's id.
    public var cell: String
    /// VM or container.
    public var platform: Platform
    /// Simulated or measured.
    public var mode: RunMode
    /// The quantity's name: `disk.used`.
    public var quantity: String
    /// Whom it is about: `host`, `instance`, `instance:web`.
    public var subject: String
    /// Whose part it is; `nil` for the whole.
    public var owner: Owner?
    /// The unit of median and interval.
    public var unit: String
    /// What a share would be taken of.
    public var denominator: String?
    /// Replications.
    public var n: Int
    /// The median over the replications.
    public var median: Double
    /// The 95% interval of the median by order statistics; `nil` below six replications.
    public var interval: [Double]?
    /// The weakest kind of evidence among the values.
    public var evidence: Evidence

    /// Writes every key, absent values as `null`.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(cell, forKey: .cell)
        try keys.encode(platform, forKey: .platform)
        try keys.encode(mode, forKey: .mode)
        try keys.encode(quantity, forKey: .quantity)
        try keys.encode(subject, forKey: .subject)
        try keys.encode(owner, forKey: .owner)
        try keys.encode(unit, forKey: .unit)
        try keys.encode(denominator, forKey: .denominator)
        try keys.encode(n, forKey: .n)
        try keys.encode(median, forKey: .median)
        try keys.encode(interval, forKey: .interval)
        try keys.encode(evidence, forKey: .evidence)
    }
}
