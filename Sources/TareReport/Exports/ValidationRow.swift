/// The model beside one published figure: a report shows them, and knows no model.
public struct ValidationRow: Sendable, Hashable {
    /// The published row's id in the catalogue.
    public var id: String
    /// What is compared.
    public var quantity: String
    /// The publication's value, as text with its unit.
    public var published: String
    /// The publication's spread, as text; `nil` where it gives none.
    public var spread: String?
    /// The model's value, as text with its unit.
    public var modelled: String
    /// Modelled over published, less 1.
    public var error: Double
    /// Whether it is inside the published spread, or close enough.
    public var passes: Bool
    /// Whether the model's constants were derived from this very row, so that it is no check.
    public var isCalibration: Bool

    /// Makes a row.
    public init(
        id: String,
        quantity: String,
        published: String,
        spread: String? = nil,
        modelled: String,
        error: Double,
        passes: Bool,
        isCalibration: Bool
    ) {
        self.id = id
        self.quantity = quantity
        self.published = published
        self.spread = spread
        self.modelled = modelled
        self.error = error
        self.passes = passes
        self.isCalibration = isCalibration
    }
}
