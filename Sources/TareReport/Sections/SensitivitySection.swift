import TareCore
import TareExperiment

/// What matters most: each swept setting moved from end to end alone, the others held in the middle of the sweep.
///
/// It uses cells that the run has; nothing is interpolated. A full factorial has every cell that this needs.
struct SensitivitySection {
    let data: ReportData

    private struct Outcome {
        var label: String
        var title: String
        var text: @Sendable (Double) -> String
        var value: (Cell) -> Double?
    }

    private struct Found {
        var outcome: Outcome
        var base: Double
        var bars: [TornadoChart.Bar]
    }

    /// One figure, where at least two settings were swept.
    var figures: [Figure] {
        guard dimensions.count > 1, let centre else { return [] }
        let found = outcomes.compactMap { outcome -> Found? in
            guard let base = outcome.value(centre) else { return nil }
            let bars = dimensions.compactMap { bar($0, outcome) }.sorted { ($0.width, $1.name) > ($1.width, $0.name) }
            return bars.count > 1 ? Found(outcome: outcome, base: base, bars: bars) : nil
        }
        guard let first = found.first, let top = first.bars.first else { return [] }
        let held = dimensions.map { "\($0.name) \(centre.settings[$0.name] ?? "")" }.joined(separator: ", ")
        return [
            Figure(
                id: "tornado", title: "Of the swept settings, \(top.name) moves \(first.outcome.label) most",
                caption: "One setting at a time over its swept values, the others held at \(held); the upright line is "
                    + "that cell. Only cells of this run, \(data.index.evidence(centre.id, "disk.used").rawValue).",
                charts: found.map { found in
                    let chart = TornadoChart(
                        bars: found.bars, base: found.base, title: found.outcome.title, label: found.outcome.text)
                    return .init(label: found.outcome.label, drawing: chart.drawing())
                },
                table: DataTable(
                    caption: "One setting at a time",
                    columns: ["result", "setting", "least at", "#least", "greatest at", "#greatest", "#moves by"],
                    rows: found.flatMap { found in
                        found.bars.map { bar -> [DataTable.Entry] in
                            [
                                .init(found.outcome.label), .init(bar.name), .init(bar.low.setting),
                                .init(found.outcome.text(bar.low.value), bar.low.value), .init(bar.high.setting),
                                .init(found.outcome.text(bar.high.value), bar.high.value),
                                .init(found.outcome.text(bar.width), bar.width),
                            ]
                        }
                    }
                )
            )
        ]
    }

    /// The section as HTML; where the run cannot say it, what it would need.
    var html: String {
        guard !data.dataset.samples.isEmpty else { return "" }
        let figures = figures
        let body =
            figures.isEmpty
            ? "<p>Needs a run that sweeps at least two settings, such as <code>n</code>, <code>os</code> and "
                + "<code>app</code>; this one sweeps \(dimensions.count).</p>"
            : figures.map(\.html).joined()
        return "<section aria-labelledby=\"matters\"><h2 id=\"matters\">What matters most</h2>\(body)</section>"
    }

    // MARK: Cells

    /// Swept names with more than one value, values in the order of the run.
    private var dimensions: [(name: String, values: [String])] {
        var order: [String: [String]] = [:]
        for cell in data.dataset.cells {
            for (name, value) in cell.settings where order[name]?.contains(value) != true {
                order[name, default: []].append(value)
            }
        }
        return order.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The cell in the middle of every sweep.
    private var centre: Cell? {
        var wanted = data.dataset.cells.first?.settings ?? [:]
        for (name, values) in dimensions { wanted[name] = values[values.count / 2] }
        return data.dataset.cells.first { $0.settings == wanted }
    }

    private func bar(_ dimension: (name: String, values: [String]), _ outcome: Outcome) -> TornadoChart.Bar? {
        guard var wanted = centre?.settings else { return nil }
        var ends: [(setting: String, value: Double)] = []
        for setting in dimension.values {
            wanted[dimension.name] = setting
            guard let cell = data.dataset.cells.first(where: { $0.settings == wanted }), let value = outcome.value(cell)
            else { continue }
            ends.append((setting, value))
        }
        guard ends.count > 1, let low = ends.min(by: { $0.value < $1.value }),
            let high = ends.max(by: { $0.value < $1.value })
        else { return nil }
        return TornadoChart.Bar(name: dimension.name, low: low, high: high)
    }

    private var outcomes: [Outcome] {
        let index = data.index
        func ratio(_ quantity: String) -> (Cell) -> Double? {
            { cell in
                guard let vm = Self.whole(index, cell, .vm, quantity),
                    let container = Self.whole(index, cell, .container, quantity), container > 0
                else { return nil }
                return vm / container
            }
        }
        return [
            Outcome(
                label: "the OS's share of a VM's used disk", title: "OS share of one VM's used disk",
                text: { Wording.share($0) },
                value: { cell in
                    guard let part = index.mean(cell.id, .vm, "disk.used", "instance", .os),
                        let whole = index.mean(cell.id, .vm, "disk.used", "instance"), whole > 0
                    else { return nil }
                    return part / whole
                }),
            Outcome(
                label: "used disk, VMs over containers", title: "used disk, VMs over containers (times)",
                text: { NumberText.significant($0) }, value: ratio("disk.used")),
            Outcome(
                label: "resident memory, VMs over containers", title: "resident memory, VMs over containers (times)",
                text: { NumberText.significant($0) }, value: ratio("mem.pss")),
        ]
    }

    private static func whole(_ index: SampleIndex, _ cell: Cell, _ platform: Platform, _ quantity: String) -> Double? {
        if let all = index.total(cell, platform, quantity, nil) { return all }
        let parts = Owner.allCases.compactMap { index.total(cell, platform, quantity, $0) }
        return parts.isEmpty ? nil : parts.reduce(0, +)
    }
}
