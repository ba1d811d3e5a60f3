import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare resume`: goes on with a run that was interrupted, killed or ran out of budget.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on with a run that was interrupted.",
        discussion: """
            Examples:
              tare resume last
              tare resume shop-20260101-120000-3f9c

            Runs what is missing with the run's own settings, so that the data are those of a run without a break. Refuses
            where the scenario or the machine has changed; --force goes on all the same and says so in the data.
            """
    )

    @Argument(help: "The run's id, the first letters of it, or `last`.")
    var run: String

    @Flag(help: "Go on although the scenario or the machine has changed.")
    var force = false

    @Flag(help: "Show all cells, warnings and failures.")
    var all = false

    @OptionGroup var output: OutputOptions

    mutating func run() async throws {
        let folder = try RunFolder.find(run, in: try StateFolders.current().runs)
        let facts = try folder.readFacts()
        let read = try ScenarioReader.read(path: folder.scenario)
        let changes = try changes(since: facts, read)
        if !changes.isEmpty {
            guard force else {
                throw TareError(
                    .invalid,
                    subject: folder.id,
                    "cannot go on: \(changes.joined(separator: "; "))",
                    hint: "undo the change, start a new run, or add --force"
                )
            }
            for change in changes { output.note("warning: \(change)") }
        }
        if folder.state() == .complete { output.note("the run is complete already") }
        let given = FileReading.exists(folder.weighings) ? try RunFlags.readWeighings(folder.weighings) : []
        let setup = try RunSetup(read, overrides: facts.overrides, weighings: given)
        try setup.experiment.check()
        let result = try await setup.run(in: folder, output: output)
        let printing = RunPrinting(result: result, output: output, showsAll: all)
        printing.notes()
        try printing.print()
        try RunEnding.finish(result, output: output)
    }

    /// What is not as it was when the run began.
    private func changes(since facts: RunFacts, _ read: ScenarioReader.Read) throws(TareError) -> [String] {
        var changes: [String] = []
        if read.hash != facts.scenarioHash { changes.append("the run's scenario has changed") }
        if FileReading.exists(facts.source), read.hash == facts.scenarioHash {
            let now = try? ScenarioReader.read(path: facts.source)
            // The same name in another folder is another scenario: only a file of the same name counts as the source.
            if let now, now.scenario.name == facts.scenario, now.hash != facts.scenarioHash {
                changes.append("\(facts.source) has changed since the run began")
            }
        }
        let before = RunFacts.identity(of: facts.machine)
        let now = RunFacts.identity(of: MachineFacts.current().flat)
        for name in Set(before.keys).union(now.keys).sorted() where before[name] != now[name] {
            changes.append("\(name) was \(before[name] ?? "unknown") and is \(now[name] ?? "unknown")")
        }
        if facts.version != Tare.configuration.version {
            changes.append("the run began with tare \(facts.version), this is \(Tare.configuration.version)")
        }
        return changes
    }
}
