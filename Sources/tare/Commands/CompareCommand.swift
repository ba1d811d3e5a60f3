import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare compare`: what changed between two runs.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two stored runs: effects with intervals, then tests.",
        discussion: """
            Examples:
              tare compare RUN_BEFORE RUN_AFTER
              tare compare RUN_BEFORE last --threshold 5% --fail-on-regression

            A row is an improvement or a regression where its whole interval lies beyond the threshold, otherwise there is
            no clear change. Ends with 21 by --fail-on-regression.
            """
    )

    @Argument(help: "The run before: its id, the first letters of it, or `last`.")
    var before: String

    @Argument(help: "The run after.")
    var after: String

    @Option(help: ArgumentHelp("Changes below it are none.", valueName: "3%"))
    var threshold = "3%"

    @Flag(help: "End with 21 where something got worse.")
    var failOnRegression = false

    @Flag(help: "Show rows without a clear change too.")
    var all = false

    @OptionGroup var output: OutputOptions

    mutating func run() async throws {
        let share = try RunOverrides.share(threshold, flag: "--threshold")
        let runs = try StateFolders.current().runs
        let first = try RunFolder.find(before, in: runs)
        let second = try RunFolder.find(after, in: runs)
        for folder in [first, second] where folder.state() != .complete {
            output.note("warning: \(folder.id) is \(folder.state().rawValue)")
        }
        let comparison = try Comparison(try first.readDataset(), try second.readDataset(), threshold: share)
        for warning in comparison.warnings { output.note("warning: \(warning)") }
        if output.json {
            try Output.data(try JSONText.encode(comparison))
        } else if output.plain {
            let lines = comparison.rows.map { row in
                [
                    row.verdict.rawValue, row.cell, row.platform.rawValue, row.quantity, row.subject, row.unit,
                    "\(row.medianA)", "\(row.medianB)", row.change.map { "\($0)" } ?? "",
                ].joined(separator: "\t")
            }
            try Output.data(lines.joined(separator: "\n"))
        } else {
            try Output.data(text(comparison))
        }
        output.next("tare show \(second.id)")
        if failOnRegression, comparison.count(.regression) > 0 { throw Ending(code: .regression) }
    }

    private func text(_ comparison: Comparison) -> String {
        var table = TextTable([
            "", "cell", "platform", "quantity", "before>", "after>", "change", "delta>", "p (Holm)>",
        ])
        for verdict in ComparisonRow.Verdict.allCases where all || verdict != .unclear {
            for row in comparison.rows where row.verdict == verdict {
                let quantity = row.subject == "host" ? row.quantity : "\(row.quantity), \(row.subject)"
                table.add([
                    row.verdict.rawValue, row.cell, row.platform.rawValue, quantity,
                    ValueWording.value(row.medianA, row.unit), ValueWording.value(row.medianB, row.unit),
                    ValueWording.change(row.change, row.interval),
                    row.delta.map { NumberText.fixed($0, decimals: 2) } ?? "-",
                    row.pAdjusted.map { $0 < 0.0001 ? "< 0.0001" : NumberText.fixed($0, decimals: 4) } ?? "-",
                ])
            }
        }
        let head =
            "\(comparison.a) -> \(comparison.b), threshold \(NumberText.percent(comparison.threshold)), "
            + (comparison.paired ? "paired by replication (one scenario, one seed)" : "independent replications")
        let counts =
            "improvements: \(comparison.count(.improvement)), regressions: \(comparison.count(.regression)), "
            + "no clear change: \(comparison.count(.unclear))"
        return ([head] + (table.isEmpty ? [] : ["", table.text, ""]) + [counts]).joined(separator: "\n")
    }
}
