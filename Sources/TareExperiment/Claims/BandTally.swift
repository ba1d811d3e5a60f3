import TareStatistics

/// Where the cells of one denominator lie, each cell with the same weight, and the verdict that follows.
struct BandTally {
    /// Where one interval lies.
    enum Position {
        case inside, below, above, crossing
    }

    var inside = 0
    var below = 0
    var above = 0
    var crossing = 0
    /// Crossing cells whose interval is wider than the wanted precision, or that have too few runs for one.
    var imprecise = 0
    let cells: [ClaimResult.CellShare]
    let band: [Double]

    init(_ cells: [ClaimResult.CellShare], band: [Double], targetPrecision: Double) {
        self.cells = cells
        self.band = band
        for cell in cells {
            switch BandTally.position(of: cell, band: band) {
            case .inside: inside += 1
            case .below: below += 1
            case .above: above += 1
            case .crossing:
                crossing += 1
                if cell.relativeHalfWidth > targetPrecision { imprecise += 1 }
            }
        }
    }

    /// An end of the interval on an edge of the band counts as inside; without an interval a cell lies nowhere.
    static func position(of cell: ClaimResult.CellShare, band: [Double]) -> Position {
        guard band.count == 2, !cell.interval.isEmpty else { return .crossing }
        let (low, high) = cell.ends
        if low >= band[0], high <= band[1] { return .inside }
        if high < band[0] { return .below }
        if low > band[1] { return .above }
        return .crossing
    }

    /// The cells that need more runs, each with how many.
    static func withRunsNeeded(
        _ cells: [ClaimResult.CellShare],
        band: [Double],
        targetPrecision: Double
    ) -> [ClaimResult.CellShare] {
        cells.map { cell in
            var cell = cell
            guard position(of: cell, band: band) == .crossing else { return cell }
            cell.runsNeeded = RunsNeeded.of(cell, band: band, targetPrecision: targetPrecision)
            return cell
        }
    }

    /// 95% of the cells decide; then two sides make it depend; then imprecise cells leave it open.
    var verdict: ClaimResult.Verdict {
        guard band.count == 2, !cells.isEmpty else { return .untestable }
        let total = Double(cells.count)
        if Double(inside) >= 0.95 * total { return .supported }
        if Double(below) >= 0.95 * total { return .refutedLower }
        if Double(above) >= 0.95 * total { return .refutedHigher }
        let sides = [inside, below, above].count { Double($0) > 0.05 * total }
        return sides < 2 && Double(imprecise) > 0.05 * total ? .inconclusive : .depends
    }

    /// The median over the cells, and its 95% interval or, of fewer than six cells, their range.
    var estimate: (value: Double?, interval: [Double], isRange: Bool) {
        let shares = cells.map(\.share).sorted()
        guard let least = shares.first, let greatest = shares.last else { return (nil, [], false) }
        let median = Quantile.ofSorted(0.5, shares)
        guard let found = Quantile.intervalOfSorted(0.5, shares).value else {
            return (median, [least, greatest], true)
        }
        return (median, [found.interval.low, found.interval.high], false)
    }
}

extension ClaimResult.CellShare {
    /// The ends of the interval; of an exact count both are the value.
    var ends: (low: Double, high: Double) {
        (interval.min() ?? share, interval.max() ?? share)
    }

    /// Half the interval's width as a share of the value; infinite without an interval.
    var relativeHalfWidth: Double {
        interval.isEmpty ? .infinity : Interval(low: ends.low, high: ends.high).relativeHalfWidth(of: share)
    }

    /// `flask on debian-12-cloud`.
    var name: String { guest.isEmpty ? workload : "\(workload) on \(guest)" }
}
