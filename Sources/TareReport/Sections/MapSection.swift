import TareCore
import TareExperiment

/// Where a claim about shares holds: by OS size and payload, and cell by cell.
struct MapSection {
    let data: ReportData

    private var claim: ClaimResult? {
        data.claims.first { $0.quantity.hasPrefix("share(os, disk.") && $0.band.count == 2 && !$0.cells.isEmpty }
    }

    /// The map, where there is a claim about the OS share of a disk.
    var figures: [Figure] {
        guard let claim else { return [] }
        let denominator = claim.quantity.contains("disk.used") ? "used" : claim.cells[0].denominator
        let cells = claim.cells.filter { $0.denominator == denominator }
        let map = ClaimMap(band: claim.band, cells: cells)
        let inside = cells.filter { $0.share >= claim.band[0] && $0.share <= claim.band[1] }.count
        let low = NumberText.fixed(map.ratios.low, decimals: 2)
        let high = map.ratios.high.isFinite ? NumberText.fixed(map.ratios.high, decimals: 2) : "any number of"
        let rows = cells.map { cell -> [DataTable.Entry] in
            let rest = cell.wholeBytes - cell.partBytes
            return [
                .init(cell.workload), .init(cell.guest), .init(Wording.bytes(cell.partBytes), cell.partBytes),
                .init(Wording.bytes(rest), rest), .init(Wording.share(cell.share), cell.share),
                .init(cell.evidence.rawValue),
            ]
        }
        return [
            Figure(
                id: "claim-map",
                title: "The OS is \(Wording.band(claim.band, of: claim.quantity)) in \(inside) of \(cells.count) cells",
                caption:
                    "It is just where everything else is \(low) to \(high) times the OS: the hatched wedge is exact, since "
                    + "share = OS / (OS + everything else). Above it the share is lower, below it higher (\(denominator) bytes).",
                charts: [.init(label: "map", drawing: map.drawing())], layout: .wide,
                table: DataTable(
                    caption: "OS and everything else, by cell (\(denominator))",
                    columns: ["workload", "guest", "#OS", "#everything else", "#OS share", "evidence"], rows: rows
                )
            )
        ]
    }

    /// The section as HTML.
    var html: String {
        let figures = figures
        let heat = data.claims.filter { $0.quantity.hasPrefix("share(") && !$0.cells.isEmpty }.map { self.heat($0) }
            .joined()
        guard !figures.isEmpty || !heat.isEmpty else { return "" }
        return "<section aria-labelledby=\"where\"><h2 id=\"where\">Where the claim holds</h2>"
            + (figures.isEmpty ? "" : Legend.evidence) + figures.map(\.html).joined() + heat + "</section>"
    }

    private func heat(_ claim: ClaimResult) -> String {
        let table = HeatTable(claim: claim)
        return "<figure id=\"heat-\(Markup.identifier(claim.id))\"><h3>\(Markup.escape(table.title))</h3>"
            + "<figcaption>Shares by workload, guest and denominator; the deeper the shade, the higher the share. "
            + "An outlined share with a diamond lies inside \(Wording.band(claim.band, of: claim.quantity)).</figcaption>"
            + "\(table.html)</figure>"
    }
}
