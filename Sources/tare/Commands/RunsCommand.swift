import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare runs`: the history.
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs that are kept, the newest last.",
        discussion: """
            Examples:
              tare runs
              tare runs --json
            """
    )

    @OptionGroup var output: OutputOptions

    /// One run.
    struct Row: Encodable {
        var run: String
        var scenario: String
        var state: RunState
        var seed: UInt64
        var startedAt: String
        var scenarioHash: String

        enum CodingKeys: String, CodingKey {
            case run, scenario, state, seed
            case startedAt = "started_at"
            case scenarioHash = "scenario_hash"
        }
    }

    /// All runs that can be read.
    static func rows() throws(TareError) -> [Row] {
        RunFolder.all(in: try StateFolders.current().runs).compactMap { folder in
            guard let facts = try? folder.readFacts() else { return nil }
            return Row(
                run: folder.id,
                scenario: facts.scenario,
                state: folder.state(),
                seed: facts.seed,
                startedAt: facts.startedAt,
                scenarioHash: facts.scenarioHash
            )
        }
    }

    mutating func run() async throws {
        let rows = try Self.rows()
        if output.json { return try Output.data(try JSONText.encode(["runs": rows])) }
        if output.plain {
            let lines = rows.map { "\($0.run)\t\($0.scenario)\t\($0.state.rawValue)\t\($0.seed)\t\($0.startedAt)" }
            if !lines.isEmpty { try Output.data(lines.joined(separator: "\n")) }
            return
        }
        guard let last = rows.last else {
            output.note("no run is kept yet")
            return output.next("tare init")
        }
        var table = TextTable(["run", "scenario", "state", "seed>", "started"])
        for row in rows { table.add([row.run, row.scenario, row.state.rawValue, "\(row.seed)", row.startedAt]) }
        try Output.data(table.text)
        output.next(last.state.canResume ? "tare resume \(last.run)" : "tare show \(last.run)")
    }
}
