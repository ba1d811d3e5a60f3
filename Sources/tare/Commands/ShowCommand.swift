import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare show`: a stored run's estimates and verdicts.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a stored run: where it comes from, estimates, verdicts.",
        discussion: """
            Examples:
              tare show last
              tare show last --all
              tare show last --json
            """
    )

    @Argument(help: "The run's id, the first letters of it, or `last`.")
    var run: String

    @Flag(help: "Show all cells, warnings and failures.")
    var all = false

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var facts: RunFacts
        var state: RunState
        var result: RunResult?
    }

    mutating func run() async throws {
        let folder = try RunFolder.find(run, in: try StateFolders.current().runs)
        let facts = try folder.readFacts()
        let state = folder.state()
        if output.json {
            let document = Document(facts: facts, state: state, result: try? folder.readResult())
            return try Output.data(try JSONText.encode(document))
        }
        let printing = RunPrinting(result: try folder.readResult(), output: output, showsAll: all)
        if !output.plain {
            try Output.data(
                "\(folder.id): \(state.rawValue), seed \(facts.seed), started \(facts.startedAt), tare \(facts.version)\n"
            )
        }
        printing.notes()
        try printing.print()
        output.next(state.canResume ? "tare resume \(folder.id)" : "tare compare \(folder.id) OTHER")
    }
}
