import TareCore
import TareExperiment

/// A dataset as comma-separated values: one row a sample, nothing rounded.
public struct CSVExport: Sendable {
    private let dataset: Dataset

    /// Makes an export of `dataset`.
    public init(dataset: Dataset) { self.dataset = dataset }

    /// The whole file, header first; fields are quoted where RFC 4180 asks for it.
    ///
    /// - Complexity: O(samples).
    public func render() -> String {
        var out = "cell,replication,platform,mode,quantity,unit,subject,owner,value,evidence,denominator\n"
        for sample in dataset.samples {
            let fields = [
                sample.cell, "\(sample.replication)", sample.platform.rawValue, sample.mode.rawValue, sample.quantity,
                sample.unit, sample.subject, sample.owner?.rawValue ?? "", "\(sample.value)", sample.evidence.rawValue,
                sample.denominator ?? "",
            ]
            out += fields.map(Self.field).joined(separator: ",") + "\n"
        }
        return out
    }

    /// One field, quoted where it must be.
    static func field(_ text: String) -> String {
        let special = text.utf8.contains { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
        return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
