import TareCore
import TareExperiment

/// A claim's shares by workload, guest and denominator, as a table whose cells are shaded.
struct HeatTable {
    let claim: ClaimResult

    private struct Column: Hashable {
        var guest: String
        var denominator: String
    }

    /// The finding.
    var title: String {
        let shares = claim.cells.map(\.share).filter(\.isFinite)
        guard let low = shares.min(), let high = shares.max() else { return claim.text }
        return "\(claim.quantity): from \(Wording.share(low)) to \(Wording.share(high))"
    }

    /// The table in a box that scrolls.
    var html: String {
        var workloads: [String] = []
        var guests: [String] = []
        var denominators: [String] = []
        var found: [Column: [String: ClaimResult.CellShare]] = [:]
        for cell in claim.cells {
            if !workloads.contains(cell.workload) { workloads.append(cell.workload) }
            if !guests.contains(cell.guest) { guests.append(cell.guest) }
            if !denominators.contains(cell.denominator) { denominators.append(cell.denominator) }
            let column = Column(guest: cell.guest, denominator: cell.denominator)
            let known = found[column]?[cell.workload]
            if cell.instances >= known?.instances ?? 0 { found[column, default: [:]][cell.workload] = cell }
        }
        let top = guests.map { guest in
            "<th scope=\"colgroup\" colspan=\"\(denominators.count)\">\(Markup.escape(guest))</th>"
        }
        let second = guests.flatMap { _ in
            denominators.map { "<th scope=\"col\" class=\"n\">\(Markup.escape($0.replacing("_", with: " ")))</th>" }
        }
        let rows = workloads.map { workload in
            let entries = guests.flatMap { guest in
                denominators.map { denominator in
                    entry(found[Column(guest: guest, denominator: denominator)]?[workload])
                }
            }
            return "<tr><th scope=\"row\">\(Markup.escape(workload))</th>\(entries.joined())</tr>"
        }
        let name = Markup.escape("Shares of \(claim.id)")
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(name)\"><table class=\"heat\">"
            + "<caption>\(name)</caption><thead><tr><th scope=\"col\" rowspan=\"2\">workload</th>\(top.joined())</tr>"
            + "<tr>\(second.joined())</tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>"
    }

    private func entry(_ cell: ClaimResult.CellShare?) -> String {
        guard let cell, cell.share.isFinite else { return "<td class=\"n\">none</td>" }
        let last = Theme.light.sequence.count - 1
        let step = min(last, max(0, Int(cell.share * Double(last + 1))))
        let inside = claim.band.count == 2 && cell.share >= claim.band[0] && cell.share <= claim.band[1]
        let words = NumberText.percent(cell.share)
        return "<td class=\"n q\(step)\(inside ? " inside" : "")\">\(inside ? "\u{25C6} " : "")\(words)</td>"
    }
}
