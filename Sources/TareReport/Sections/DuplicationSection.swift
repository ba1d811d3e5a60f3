import TareCore
import TareExperiment

/// How often the same OS is stored.
struct DuplicationSection {
    let data: ReportData

    private static let quantity = DiskWeight.used.quantity

    /// One figure, where the OS was split from the rest.
    var figures: [Figure] {
        guard let cell = data.largest, let vm = row(cell, .vm), let container = row(cell, .container) else { return [] }
        let one = vm.bytes / max(vm.copies, 1)
        var rows = [vm]
        if vm.copies > 1.5 {
            rows.append(
                .init(
                    name: "\(cell.instances) VMs on linked clones, as long as no OS block is rewritten", copies: 1,
                    bytes: one, evidence: .assumed))
        }
        rows.append(container)
        let times = NumberText.count(Int(vm.copies.rounded()))
        let shared =
            Int(container.copies.rounded(.up)) == 1 ? "once" : "\(NumberText.significant(container.copies)) times"
        return [
            Figure(
                id: "duplication",
                title: vm.copies > 1.5
                    ? "\(cell.instances) VMs store the OS \(times) times, \(cell.instances) containers \(shared)"
                    : "The OS is stored once on both sides",
                caption:
                    "\(data.reference?.label ?? ""): each block is one copy of that side's own OS files (\(Self.quantity)). "
                    + "A shared base would bring the VMs to one copy on disk too; their memory and boots stay their own.",
                charts: [
                    .init(label: "copies", drawing: CopiesChart(rows: rows, instances: cell.instances).drawing())
                ], layout: .wide, table: table(rows)
            )
        ]
    }

    /// The section as HTML.
    var html: String {
        let figures = figures
        guard !figures.isEmpty else { return "" }
        return
            "<section aria-labelledby=\"copies\"><h2 id=\"copies\">OS duplication</h2>\(figures.map(\.html).joined())</section>"
    }

    private func row(_ cell: Cell, _ platform: Platform) -> CopiesChart.Row? {
        guard let host = data.index.total(cell, platform, Self.quantity, .os), host > 0,
            let one = data.index.mean(cell.id, platform, Self.quantity, "instance", .os), one > 0
        else { return nil }
        let name = platform == .vm ? "VM" : "container"
        return CopiesChart.Row(
            name: Wording.counted(cell.instances, name), copies: host / one, bytes: host,
            evidence: data.index.evidence(cell.id, Self.quantity)
        )
    }

    private func table(_ rows: [CopiesChart.Row]) -> DataTable {
        DataTable(
            caption: "Copies of the OS on the host", columns: ["side", "#copies", "#bytes of OS", "evidence"],
            rows: rows.map { row in
                [
                    .init(row.name), .init(Plot.tick(row.copies), row.copies),
                    .init(Wording.bytes(row.bytes), row.bytes), .init(row.evidence.rawValue),
                ]
            }
        )
    }
}
