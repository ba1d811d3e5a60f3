import TareCatalog
import TareCore

extension ModelValidation {
    /// The comparisons as a table in Markdown: checks first, worst first, and apart from them the rows that the model was
    /// calibrated with, which say nothing about it.
    ///
    /// - Parameter rows: as `rows()` returns them.
    /// - Returns: lines without a line end at the last.
    public static func table(_ rows: [Row]) -> String {
        var lines = [
            "| row | quantity | published | spread | modelled | error | use |", "|---|---|---|---|---|---|---|",
        ]
        for row in rows {
            let unit = row.published.unit
            var one = row.published
            one.value = 1
            let scale = one.base
            func text(_ value: Double) -> String {
                NumberText.fixed(value, decimals: abs(value) >= 1000 ? 0 : abs(value) >= 100 ? 1 : 2)
            }
            let low = row.published.low.map(text)
            let high = row.published.high.map(text)
            let spread = low == nil && high == nil ? "-" : "\(low ?? "") to \(high ?? "")"
            let error = NumberText.fixed(row.error * 100, decimals: 1)
            lines.append(
                "| \(row.id) | `\(row.quantity)` | \(text(row.published.value)) \(unit) | \(spread) | "
                    + "\(text(row.modelled / scale)) \(unit) | \(row.error >= 0 ? "+" : "")\(error)% | "
                    + (row.isCalibration ? "calibration |" : row.passes ? "check |" : "check, **off** |"))
        }
        return lines.joined(separator: "\n")
    }
}
