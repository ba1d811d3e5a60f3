import TareCore
import TareExperiment

/// How many instances fit, and which resource runs out first.
struct DensitySection {
    let data: ReportData

    /// One figure, where limits were brought.
    var figures: [Figure] {
        guard let cell = data.largest else { return [] }
        let arms = Platform.allCases.compactMap { arm(cell, $0) }
        guard !arms.isEmpty else { return [] }
        let words = arms.map { arm in
            "\(NumberText.count(Int(arm.fits))) \(Wording.platform(arm.platform, count: Int(arm.fits)))"
                + (arm.limits.first.map { " (\($0.resource.replacing("_", with: " ")) runs out first)" } ?? "")
        }
        return [
            Figure(
                id: "density", title: "This host fits \(words.joined(separator: " or "))",
                caption:
                    "\(data.reference?.label ?? ""): instances that each resource alone would allow; the least decides. "
                    + "\(data.index.evidence(cell.id, "density.instances").badge).",
                charts: [.init(label: "limits", drawing: LimitChart(arms: arms).drawing())], layout: .wide,
                table: table
            )
        ]
    }

    /// The section as HTML.
    var html: String {
        let figures = figures
        guard !figures.isEmpty else { return "" }
        return "<section aria-labelledby=\"fits\"><h2 id=\"fits\">Density</h2>" + figures.map(\.html).joined()
            + "</section>"
    }

    private func arm(_ cell: Cell, _ platform: Platform) -> LimitChart.Arm? {
        guard let fits = data.index.mean(cell.id, platform, "density.instances", "host") else { return nil }
        return LimitChart.Arm(platform: platform, fits: fits, limits: limits(cell, platform))
    }

    private func limits(_ cell: Cell, _ platform: Platform) -> [(resource: String, instances: Double)] {
        var names: Set<String> = []
        for sample in data.dataset.samples where sample.quantity == "density.instances" {
            if sample.subject.hasPrefix("bound:") { names.insert(String(sample.subject.dropFirst(6))) }
        }
        let found = names.compactMap { name in
            data.index.mean(cell.id, platform, "density.instances", "bound:\(name)").map {
                (resource: name, instances: $0)
            }
        }
        return found.sorted { ($0.instances, $0.resource) < ($1.instances, $1.resource) }
    }

    private var table: DataTable {
        let rows = data.groups.compactMap { group -> [DataTable.Entry]? in
            guard let cell = group.cells.last else { return nil }
            let arms = Platform.allCases.compactMap { arm(cell, $0) }
            guard arms.count == 2 else { return nil }
            return [.init(group.label)]
                + arms.flatMap { arm -> [DataTable.Entry] in
                    [.init(NumberText.count(Int(arm.fits)), arm.fits), .init(arm.limits.first?.resource ?? "")]
                }
        }
        return DataTable(
            caption: "Instances that fit, and what runs out first",
            columns: ["service", "#VMs", "runs out", "#containers", "runs out "], rows: rows
        )
    }
}
