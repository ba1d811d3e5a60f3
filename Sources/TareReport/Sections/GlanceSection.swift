import TareCore
import TareExperiment

/// N services as VMs beside the same services as containers.
struct GlanceSection {
    let data: ReportData

    /// Disk, then memory.
    var figures: [Figure] { ["disk", "mem"].compactMap(figure) }

    /// The section as HTML.
    var html: String {
        guard let group = data.reference, let cell = data.largest else { return "" }
        let figures = figures
        guard !figures.isEmpty else { return "" }
        return "<section aria-labelledby=\"glance\"><h2 id=\"glance\">At a glance</h2>"
            + "<p>\(Markup.escape(group.label)), \(Wording.counted(cell.instances, "service")): "
            + "what the host gives for them as VMs, and as containers.</p>"
            + "<div class=\"tiles\">\(tiles(cell))</div>" + figures.map(\.html).joined() + "</section>"
    }

    private func tiles(_ cell: Cell) -> String {
        var tiles: [String] = []
        for family in ["disk", "mem"] {
            guard let quantity = data.weight(of: family),
                let vm = sum(cell, .vm, quantity), let container = sum(cell, .container, quantity), container > 0
            else { continue }
            tiles.append(
                tile(
                    Wording.noun(quantity), NumberText.significant(vm / container) + " to 1",
                    "\(Wording.bytes(vm)) as VMs, \(Wording.bytes(container)) as containers",
                    data.index.evidence(cell.id, quantity)))
        }
        let start = StartMark.firstResponse.quantity
        if let vm = data.index.mean(cell.id, .vm, start, "host"),
            let container = data.index.mean(cell.id, .container, start, "host"), container > 0
        {
            tiles.append(
                tile(
                    "until the last one answers", NumberText.significant(vm / container) + " to 1",
                    "\(NumberText.seconds(vm)) as VMs, \(NumberText.seconds(container)) as containers",
                    data.index.evidence(cell.id, start)))
        }
        let density = "density.instances"
        if let vm = data.index.mean(cell.id, .vm, density, "host"),
            let container = data.index.mean(cell.id, .container, density, "host"), container > 0
        {
            tiles.append(
                tile(
                    "that fit this host", "1 to \(NumberText.significant(container / max(vm, 1)))",
                    "\(NumberText.count(Int(vm))) VMs, \(NumberText.count(Int(container))) containers",
                    data.index.evidence(cell.id, density)))
        }
        return tiles.joined()
    }

    private func tile(_ name: String, _ number: String, _ words: String, _ evidence: Evidence) -> String {
        "<div class=\"tile\"><span>\(Markup.escape(name))</span><b>\(number)</b><span>\(Markup.escape(words))</span>"
            + "\(Legend.badge(evidence))</div>"
    }

    private func sum(_ cell: Cell, _ platform: Platform, _ quantity: String) -> Double? {
        let parts = StackedBars(index: data.index, cells: [cell], quantity: quantity).segments(cell, platform)
        return parts.isEmpty ? nil : parts.reduce(0) { $0 + $1.value }
    }

    /// Why the bar of even one container is tall, where it is: the host's own system is in it.
    private func hostRemark(_ cells: [Cell], _ quantity: String) -> String {
        guard let first = cells.first, let last = cells.last,
            let least = data.index.total(first, .container, quantity, .os),
            let most = data.index.total(last, .container, quantity, .os), first.instances < last.instances,
            least > most / 4
        else { return "" }
        return " The containers' OS is the host's own Linux, \(Wording.bytes(least)) of it already at N = "
            + "\(first.instances): it hardly grows with N. Its largest part are page structs, 64 bytes for each 4 KiB page "
            + "of the host, which is 1.6% of its memory whatever runs; a guest pays the same for its own memory inside its bar."
    }

    private func figure(_ family: String) -> Figure? {
        guard let group = data.reference, let cell = data.largest, let quantity = data.weight(of: family) else {
            return nil
        }
        let chart = StackedBars(index: data.index, cells: group.cells, quantity: quantity)
        let vm = sum(cell, .vm, quantity) ?? 0
        let container = sum(cell, .container, quantity) ?? 0
        let noun = Wording.noun(quantity)
        let title =
            vm > 0 && container > 0
            ? "\(Wording.counted(cell.instances, "VM")) \(cell.instances == 1 ? "takes" : "take") "
                + "\(Wording.comparison(vm / container)) \(noun) as "
                + Wording.counted(cell.instances, "container")
            : "\(noun.prefix(1).uppercased() + noun.dropFirst()) by owner"
        let rows = group.cells.flatMap { cell in
            Platform.allCases.flatMap { platform -> [[DataTable.Entry]] in
                let parts = chart.segments(cell, platform)
                let whole = parts.reduce(0) { $0 + $1.value }
                return parts.map { part in
                    [
                        .init("\(cell.instances)", Double(cell.instances)), .init(Wording.platform(platform)),
                        .init(Wording.owner(part.owner)), .init(Wording.bytes(part.value), part.value),
                        .init(Wording.share(whole > 0 ? part.value / whole : 0), whole > 0 ? part.value / whole : 0),
                    ]
                }
            }
        }
        let settings = group.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let evidence = data.index.evidence(cell.id, quantity)
        return Figure(
            id: family == "disk" ? "disk-by-owner" : "memory-by-owner", title: title,
            caption: "\(group.label): \(Wording.meaning(quantity)). Both platforms on one axis, \(evidence.rawValue); "
                + "left absolute, right as shares of each bar."
                + (family == "mem" ? hostRemark(group.cells, quantity) : ""),
            charts: [
                .init(label: "Absolute", drawing: chart.drawing(relative: false)),
                .init(label: "Shares", drawing: chart.drawing(relative: true)),
            ],
            legend: Legend.owners,
            table: DataTable(
                caption: "\(quantity) on the host, by owner",
                columns: ["N", "platform", "owner", "#bytes", "#share of bar"],
                rows: rows
            ),
            live: " class=\"bars\" data-family=\"\(family)\" data-quantity=\"\(quantity)\" "
                + "data-group=\"\(Markup.escape(settings))\""
        )
    }
}
