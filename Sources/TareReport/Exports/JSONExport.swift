import TareCore
import TareExperiment

/// A dataset with its verdicts as one JSON document.
public struct JSONExport: Codable, Sendable {
    /// The data.
    public let dataset: Dataset
    /// The verdicts made from them.
    public let claims: [ClaimResult]

    /// Makes an export.
    public init(dataset: Dataset, claims: [ClaimResult]) {
        self.dataset = dataset
        self.claims = claims
    }

    /// The document, keys sorted.
    ///
    /// - Throws: `TareError.internal` where a value is not a number.
    public func render() throws(TareError) -> String { try JSONText.encode(self) + "\n" }
}
