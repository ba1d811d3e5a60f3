import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare plan`: what a run would do and take.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a run would do and take; touches nothing.",
        discussion: """
            Examples:
              tare plan shop.yaml
              tare plan shop.yaml --target-precision 5%

            Time and disk are reckoned from up to three replications that are tried and thrown away. The expected interval
            is reckoned from the newest complete run of the same scenario, where there is one.
            """
    )

    @Argument(help: "The scenario file.")
    var file: String

    @OptionGroup var flags: RunFlags

    @Option(help: ArgumentHelp("Say how many replications this half width needs.", valueName: "5%"))
    var targetPrecision: String?

    @OptionGroup var output: OutputOptions

    mutating func run() async throws {
        var target: Double?
        if let targetPrecision { target = try RunOverrides.share(targetPrecision, flag: "--target-precision") }
        let setup = try RunSetup(
            try ScenarioReader.read(path: file),
            overrides: try flags.overrides(),
            weighings: try flags.readWeighings()
        )
        try setup.experiment.check()
        let printing = PlanPrinting(setup: setup, file: file, output: output)
        try await printing.print(target: target, pilot: pilot(setup.read.hash))
        output.next("tare run \(file)")
    }

    /// The newest complete run of the same scenario.
    private func pilot(_ hash: String) -> Dataset? {
        guard let folders = try? StateFolders.current() else { return nil }
        for folder in RunFolder.all(in: folders.runs).reversed() {
            guard (try? folder.readFacts().scenarioHash) == hash, folder.state() == .complete else { continue }
            if let dataset = try? folder.readDataset() { return dataset }
        }
        return nil
    }
}
