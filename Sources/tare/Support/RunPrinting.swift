import TareCore
import TareExperiment
import TareLinux

/// Prints a run's result: a table for people, tab rows, or the one JSON document.
struct RunPrinting {
    /// What the table shows unless all is asked for: one row a line of the reader's question.
    static let headlines = [
        DiskWeight.used.quantity, DiskWeight.allocated.quantity, MemoryWeight.pss.quantity,
        StartMark.firstResponse.quantity, "density.instances",
    ]
    /// Cells in the table unless all are asked for.
    static let shownCells = 8

    let result: RunResult
    let output: OutputOptions
    var showsAll = false

    func print() throws(TareError) {
        if output.json { return try Output.data(try JSONText.encode(result)) }
        if output.plain { return try Output.data(plain) }
        try Output.data(table)
        let width = min(120, StandardStreams.width(of: .output))
        for claim in result.claims { try Output.data("\n" + claim.text(width: width)) }
    }

    /// Messages that belong to the result.
    func notes() {
        for warning in result.warnings.prefix(showsAll ? .max : 5) { output.note("warning: \(warning)") }
        if result.warnings.count > 5, !showsAll { output.note("\(result.warnings.count - 5) more warnings: --all") }
        var groups: [String: Int] = [:]
        for failure in result.failures { groups["\(failure.platform.rawValue): \(failure.reason)", default: 0] += 1 }
        for group in groups.sorted(by: { $0.key < $1.key }) {
            output.note("failed: \(group.key) (\(NumberText.count(group.value)) times)")
        }
        if showsAll {
            for failure in result.failures {
                output.note("failed: \(failure.cell), replication \(failure.replication), \(failure.platform.rawValue)")
            }
        }
    }

    private var table: String {
        var table = TextTable(["cell", "quantity", "VM>", "container>", "VM / container"])
        let cells = result.cells.prefix(showsAll ? .max : Self.shownCells).map(\.id)
        let byCell = Dictionary(grouping: result.estimates) { $0.cell }
        let pairs = Dictionary(grouping: result.paired) { $0.cell }
        for cell in cells {
            for quantity in Self.headlines {
                for mode in RunMode.allCases {
                    func isRow(_ row: Estimate) -> Bool {
                        row.quantity == quantity && row.mode == mode && row.subject == "host" && row.owner == nil
                    }
                    let rows = (byCell[cell] ?? []).filter(isRow)
                    guard let unit = rows.first?.unit else { continue }
                    func median(_ platform: Platform) -> String {
                        rows.first { $0.platform == platform }.map { ValueWording.value($0.median, unit) } ?? "-"
                    }
                    let pair = pairs[cell]?.first {
                        $0.quantity == quantity && $0.mode == mode && $0.subject == "host" && $0.owner == nil
                    }
                    let ratio = ValueWording.ratio(pair?.ratio, pair?.ratioInterval)
                    let name = mode == .measure ? "\(quantity) (measured)" : quantity
                    table.add([cell, name, median(.vm), median(.container), ratio])
                }
            }
        }
        let count = result.estimates.map(\.n).max() ?? 0
        var text = table.text + "\n\nMODELLED, whole host, median of \(count) replications, 95% interval of the ratio"
        if result.estimates.contains(where: { $0.mode == .measure }) {
            text += "; rows marked (measured) are MEASURED"
        }
        if cells.count < result.cells.count {
            text += "\n\(result.cells.count - cells.count) more cells: tare show \(result.run) --all"
        }
        return text
    }

    private var plain: String {
        result.estimates.map { row in
            [
                row.cell, row.platform.rawValue, row.mode.rawValue, row.quantity, row.subject,
                row.owner?.rawValue ?? "", row.unit, "\(row.n)", "\(row.median)", row.interval.map { "\($0[0])" } ?? "",
                row.interval.map { "\($0[1])" } ?? "", row.evidence.rawValue,
            ].joined(separator: "\t")
        }.joined(separator: "\n")
    }
}
