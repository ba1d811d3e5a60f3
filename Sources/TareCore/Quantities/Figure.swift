/// One number with its unit, its spread and where it comes from: what every constant of a model is.
public struct Figure: Codable, Sendable, Hashable {
    /// The value, in `unit`.
    public var value: Double
    /// The unit: `ms`, `MiB`, `count`, `ratio`, ...
    public var unit: String
    /// The lower end of the published or measured spread.
    public var low: Double?
    /// The upper end of the published or measured spread.
    public var high: Double?
    /// What kind of evidence stands behind the value.
    public var evidence: Evidence
    /// The id of the source row or calibration run; `nil` only where the evidence is `assumed`.
    public var source: String?

    /// Makes a figure.
    ///
    /// Without a source it is marked assumed, whatever was asked for.
    public init(
        _ value: Double,
        unit: String,
        low: Double? = nil,
        high: Double? = nil,
        evidence: Evidence,
        source: String? = nil
    ) {
        self.value = value
        self.unit = unit
        self.low = low
        self.high = high
        self.evidence = source == nil && evidence == .published ? .assumed : evidence
        self.source = source
    }
}
