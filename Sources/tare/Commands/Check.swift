import ArgumentParser
import TareCore
import TareExperiment

/// `tare check`: reads a scenario and reports every mistake.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a scenario: every mistake with file, line, column and what to do.",
        discussion: """
            Examples:
              tare check shop.yaml
              tare check shop.yaml --normalise

            Writes nothing. Ends with 65 where the scenario is invalid.
            """
    )

    @Argument(help: "The scenario file.")
    var file: String

    @Flag(help: "Print the canonical form and the scenario hash.")
    var normalise = false

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var file: String
        var name: String
        var hash: String
        var cells: Int
        var scenario: Scenario?
    }

    mutating func run() async throws {
        let read = try ScenarioReader.read(path: file)
        let cells = try read.scenario.cells().count
        if output.json {
            try Output.data(
                JSONText.encode(
                    Document(
                        file: file,
                        name: read.scenario.name,
                        hash: read.hash,
                        cells: cells,
                        scenario: normalise ? read.scenario : nil
                    )
                )
            )
        } else if normalise {
            try Output.data(read.canonical)
            output.note("hash: \(read.hash)")
        } else {
            try Output.data("\(file): valid, \(cells) cells, \(read.hash)")
        }
        if !normalise { output.next("tare check --normalise \(file)") }
    }
}
