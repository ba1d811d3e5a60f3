import TareStatistics

/// How many runs of a cell would tell on which side of an edge it lies.
enum RunsNeeded {
    /// Runs beyond which no number is given: nobody starts a million VMs for one cell.
    static let greatest = 1_000_000

    /// The runs for a cell whose interval crosses an edge.
    ///
    /// An interval shrinks with the square root of the runs. It needs to shrink to the distance of the value from the
    /// nearest edge or to the wanted precision, whichever comes first: with the latter the cell lies on the edge.
    /// - Parameters:
    ///   - cell: the cell.
    ///   - band: the two edges.
    ///   - targetPrecision: half of the wanted width, as a share of the value.
    /// - Returns: the runs in all; `nil` where the cell does not say how many it had, or where they are too many.
    static func of(_ cell: ClaimResult.CellShare, band: [Double], targetPrecision: Double) -> Int? {
        if cell.interval.isEmpty { return cell.runsNeeded }
        guard let runs = cell.runs, band.count == 2 else { return nil }
        let edge = min(abs(cell.share - band[0]), abs(cell.share - band[1]))
        let wanted = max(targetPrecision * abs(cell.share), edge)
        let half = (cell.ends.high - cell.ends.low) / 2
        guard wanted > 0, half > wanted else { return nil }
        let needed = Double(runs) * (half / wanted) * (half / wanted)
        return needed <= Double(greatest) ? Int(needed.rounded(.up)) : nil
    }
}
