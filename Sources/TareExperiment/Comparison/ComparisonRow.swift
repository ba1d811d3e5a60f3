import TareCore

/// One quantity of one cell in two runs.
///
/// The JSON keys are public (Docs/schemas/compare.schema.json); what is not there is `null`.
public struct ComparisonRow: Codable, Sendable, Hashable {
    /// What can be said.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// Better by more than the threshold, with the whole interval.
        case improvement
        /// Worse by more than the threshold, with the whole interval.
        case regression
        /// Neither.
        case unclear = "no clear change"
    }

    /// The cell's id.
    public var cell: String
    /// VM or container.
    public var platform: Platform
    /// Simulated or measured.
    public var mode: RunMode
    /// The quantity's name.
    public var quantity: String
    /// Whom it is about.
    public var subject: String
    /// The unit of the medians.
    public var unit: String
    /// Replications of the first run.
    public var countA: Int
    /// Replications of the second run.
    public var countB: Int
    /// The median of the first run.
    public var medianA: Double
    /// The median of the second run.
    public var medianB: Double
    /// The median of the second over the first, less 1; `nil` where the first is 0.
    public var change: Double?
    /// The interval of the change, at least 95%; `nil` where there are too few replications.
    public var interval: [Double]?
    /// Cliff's delta of the second over the first, -1 to 1; `nil` below nine replications.
    public var delta: Double?
    /// Its 95% interval.
    public var deltaInterval: [Double]?
    /// The p value of the Mann-Whitney test; `nil` below nine replications.
    public var pValue: Double?
    /// The same, adjusted for all rows (Holm).
    public var pAdjusted: Double?
    /// What can be said.
    public var verdict: Verdict

    enum CodingKeys: String, CodingKey {
        case cell, platform, mode, quantity, subject, unit, change, interval, delta, verdict
        case countA = "n_a"
        case countB = "n_b"
        case medianA = "median_a"
        case medianB = "median_b"
        case deltaInterval = "delta_interval"
        case pValue = "p"
        case pAdjusted = "p_adjusted"
    }

    /// Whether less of a quantity is better.
    public static func lessIsBetter(_ quantity: String) -> Bool {
        !quantity.hasPrefix("density.") && !quantity.hasPrefix("instances.")
    }

    /// Writes every key, absent values as `null`.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(cell, forKey: .cell)
        try keys.encode(platform, forKey: .platform)
        try keys.encode(mode, forKey: .mode)
        try keys.encode(quantity, forKey: .quantity)
        try keys.encode(subject, forKey: .subject)
        try keys.encode(unit, forKey: .unit)
        try keys.encode(countA, forKey: .countA)
        try keys.encode(countB, forKey: .countB)
        try keys.encode(medianA, forKey: .medianA)
        try keys.encode(medianB, forKey: .medianB)
        try keys.encode(change, forKey: .change)
        try keys.encode(interval, forKey: .interval)
        try keys.encode(delta, forKey: .delta)
        try keys.encode(deltaInterval, forKey: .deltaInterval)
        try keys.encode(pValue, forKey: .pValue)
        try keys.encode(pAdjusted, forKey: .pAdjusted)
        try keys.encode(verdict, forKey: .verdict)
    }
}
