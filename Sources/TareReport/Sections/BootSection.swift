import TareCore
import TareExperiment

/// What happens between request and first answer.
struct BootSection {
    let data: ReportData

    /// One figure with a choice of starts.
    var figures: [Figure] {
        let pairs = pairs
        guard let first = pairs.first else { return [] }
        let words = first.timelines.map { timeline in
            let critical = timeline.phases.filter(\.critical)
            let longest = critical.max { $0.endSeconds - $0.startSeconds < $1.endSeconds - $1.startSeconds }
            return "\(Wording.platform(timeline.platform)) \(NumberText.seconds(BootGantt.end(timeline)))"
                + (longest.map { ", longest step \($0.name)" } ?? "")
        }
        let rows = pairs.flatMap { pair in
            pair.timelines.flatMap { timeline in
                timeline.phases.map { phase -> [DataTable.Entry] in
                    [
                        .init(pair.label), .init(Wording.platform(timeline.platform)), .init(phase.name),
                        .init(NumberText.seconds(phase.startSeconds), phase.startSeconds),
                        .init(NumberText.seconds(phase.endSeconds), phase.endSeconds),
                        .init(phase.critical ? "critical" : ""),
                    ]
                }
            }
        }
        return [
            Figure(
                id: "boot", title: "One start, step by step: \(words.joined(separator: "; "))",
                caption:
                    "\(data.reference?.label ?? ""). Filled steps are on the critical path: a shorter one gives a shorter "
                    + "start. Outlined steps run beside it. Steps run in parallel, so their lengths do not add up.",
                charts: pairs.map { .init(label: $0.label, drawing: BootGantt(timelines: $0.timelines).drawing()) },
                layout: .choice,
                table: DataTable(
                    caption: "Steps of a start, seconds after the request",
                    columns: ["start", "platform", "step", "#from", "#to", "critical path"], rows: rows
                )
            )
        ]
    }

    /// The section as HTML.
    var html: String {
        let figures = figures
        guard !figures.isEmpty else { return "" }
        return
            "<section aria-labelledby=\"anatomy\"><h2 id=\"anatomy\">Boot anatomy</h2>\(figures.map(\.html).joined())</section>"
    }

    /// The timelines that the page shows: few instances first, then many; at most four.
    var pairs: [(label: String, timelines: [StartTimeline])] {
        guard let group = data.reference else { return [] }
        var pairs: [(label: String, timelines: [StartTimeline])] = []
        let ends = group.cells.count > 1 ? [group.cells[0], group.cells[group.cells.count - 1]] : group.cells
        for cell in ends {
            let found = data.dataset.timelines.filter { $0.cell == cell.id && !$0.phases.isEmpty }
            let names = ["median", "last", "first"].filter { name in found.contains { $0.instance == name } }
            let others = found.map(\.instance).filter { !names.contains($0) }.prefix(1)
            for name in (names + others).prefix(cell.instances == 1 ? 1 : 2) {
                let both = Platform.allCases.compactMap { platform in
                    found.first { $0.platform == platform && $0.instance == name }
                }
                if !both.isEmpty { pairs.append(("N = \(cell.instances), \(name)", both)) }
            }
        }
        return pairs
    }
}
