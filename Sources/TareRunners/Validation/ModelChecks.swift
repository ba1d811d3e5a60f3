import TareCatalog
import TareCore
import TareExperiment
import TareModel
import TareReport

/// The model beside published figures, as a report shows it.
public enum ModelChecks {
    /// The rows for a dataset: none where it has no modelled sample.
    ///
    /// Runs the model on the published set-ups (some hundred starts, milliseconds), touches nothing. Empty as well where
    /// the model cannot run them, which its own tests would show.
    public static func rows(for dataset: Dataset) -> [ValidationRow] {
        guard dataset.samples.contains(where: { $0.mode == .simulate }), let rows = try? ModelValidation.rows() else {
            return []
        }
        return rows.map { row in
            let isBytes = ["B", "kB", "KiB", "MB", "MiB", "GB", "GiB"].contains(row.published.unit)
            func text(_ base: Double) -> String {
                isBytes ? ByteCount(Int64(base.rounded())).description : NumberText.seconds(base)
            }
            var spread: String?
            if let low = row.published.low, let high = row.published.high {
                let factor = row.published.value == 0 ? 1 : row.published.base / row.published.value
                spread = "\(text(low * factor)) to \(text(high * factor))"
            }
            return ValidationRow(
                id: row.id, quantity: row.quantity, published: text(row.published.base), spread: spread,
                modelled: text(row.modelled), error: row.error, passes: row.passes, isCalibration: row.isCalibration)
        }
    }
}
