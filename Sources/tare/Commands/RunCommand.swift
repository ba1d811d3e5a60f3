import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare run`: runs a scenario, journals each step, prints estimates.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a scenario: VMs beside containers, estimates with intervals, verdicts.",
        discussion: """
            Examples:
              tare run shop.yaml
              tare run shop.yaml --seed 7 --reps 30 --json > shop.json
              tare run shop.yaml --budget 20min
              tare run shop.yaml --fail-on refuted,depends

            All cells are checked before the first one starts. Ctrl-C once finishes the steps in flight, saves and says
            how to go on; twice stops now. Ends with 20 by --fail-on, 22 where some replications failed, 24 where the
            wanted precision was not reached, 75 where the budget is used up, 130 where it was interrupted.
            """
    )

    @Argument(help: "The scenario file.")
    var file: String

    @OptionGroup var flags: RunFlags

    @Flag(help: "Check and plan only: writes nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("End with 20 where a claim's verdict is one of these.", valueName: "verdicts"))
    var failOn: String?

    @Flag(help: "Show all cells, warnings and failures.")
    var all = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws { _ = try verdicts() }

    mutating func run() async throws {
        let overrides = try flags.overrides()
        let weighings = try flags.readWeighings()
        let setup = try RunSetup(try ScenarioReader.read(path: file), overrides: overrides, weighings: weighings)
        try setup.experiment.check()
        if dryRun {
            let plan = PlanPrinting(setup: setup, file: file, output: output)
            return try await plan.print(target: nil, pilot: nil)
        }
        let scenario = setup.experiment.scenario
        let facts = RunFacts(
            run: RunFolder.newID(scenario: scenario.name),
            scenario: scenario.name,
            scenarioHash: setup.read.hash,
            source: file,
            seed: scenario.run.seed,
            modes: scenario.run.modes,
            overrides: overrides,
            version: Tare.configuration.version,
            machine: MachineFacts.current().flat,
            startedAt: HostClock.wallText()
        )
        let runs = try StateFolders.current().runs
        let folder = try RunFolder.make(facts, scenarioText: setup.read.text, in: runs)
        if !weighings.isEmpty {
            try AtomicFile.write(folder.weighings, text: try JSONText.encode(["weighings": weighings]) + "\n")
        }
        output.note("run: \(folder.id)")
        let result = try await setup.run(in: folder, output: output)
        let printing = RunPrinting(result: result, output: output, showsAll: all)
        printing.notes()
        try printing.print()
        try RunEnding.finish(result, output: output, failOn: try verdicts())
    }

    /// The verdicts of `--fail-on`; `refuted` is both directions.
    private func verdicts() throws -> [ClaimResult.Verdict] {
        var found: [ClaimResult.Verdict] = []
        for word in (failOn ?? "").lowercased().split(separator: ",").map(String.init) {
            if word == "refuted" {
                found += [.refutedLower, .refutedHigher]
            } else if let verdict = ClaimResult.Verdict(rawValue: word) {
                found.append(verdict)
            } else {
                let words = ["refuted"] + ClaimResult.Verdict.allCases.map(\.rawValue)
                let near = Suggestion.nearest(to: word, among: words).map { "; did you mean \($0)?" } ?? ""
                throw ValidationError("--fail-on takes verdicts: \(words.joined(separator: ", "))\(near)")
            }
        }
        return found
    }
}
