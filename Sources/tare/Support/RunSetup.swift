import ArgumentParser
import TareCatalog
import TareCore
import TareExperiment
import TareLinux
import TareRunners

/// The way from a scenario's text and the command line's changes to an experiment.
struct RunSetup {
    /// The scenario, its text and its hash.
    let read: ScenarioReader.Read
    /// What can be run, with all settings applied.
    let experiment: Experiment

    /// Sets an experiment up; touches nothing.
    ///
    /// - Throws: what reading the scenario throws.
    init(_ read: ScenarioReader.Read, overrides: RunOverrides, weighings: [Weighing]) throws(TareError) {
        self.read = read
        let scenario = overrides.applied(to: read.scenario)
        let folders = try StateFolders.current()
        let obstacle = MeasuredAvailability.obstacle(state: folders.state)
        let choice = try ServiceRunners.choice(
            for: scenario,
            measured: weighings,
            containers: { (content) throws(TareError) in
                obstacle == nil ? try MeasuringEngine.runner(content, folders: folders) : nil
            },
            obstacle: obstacle
        )
        // Real instances would weigh one another: one step at a time.
        let isMeasured = choice.runners.contains { $0.mode == .measure }
        experiment = try Experiment(
            scenario: scenario,
            scenarioText: read.text,
            runners: choice.runners,
            threads: isMeasured ? 1 : try WorkerCount.current(),
            weighings: try Self.used(weighings, by: scenario),
            warnings: choice.warnings
        )
    }

    /// The weighings behind a scenario: those that were given, and the stored ones of its workloads.
    private static func used(_ given: [Weighing], by scenario: Scenario) throws(TareError) -> [Weighing] {
        var workloads: Set<String> = []
        for cell in try scenario.cells() {
            for service in try scenario.resolved(for: cell).services {
                if case .builtin(let id) = service.content { workloads.insert(id) }
            }
        }
        let known = Set(given.map(\.subject))
        let stored = try StoredWeighings.all().filter { !known.contains($0.subject) }
        return (given + stored).filter { $0.workload.map(workloads.contains) ?? true }
    }

    /// Runs or goes on with a run, shows progress and says how it ended.
    func run(in folder: RunFolder, output: OutputOptions) async throws -> RunResult {
        try InterruptFlag.install()
        let began = HostClock.monotonicNanoseconds()
        let budget = experiment.scenario.run.budgetSeconds
        let bar = ProgressBar(quiet: output.quiet)
        let result = try await experiment.run(
            in: folder,
            stop: {
                if InterruptFlag.isRaised { return .interrupted }
                let seconds = Double(HostClock.monotonicNanoseconds() - began) / 1e9
                return budget.map { seconds >= $0 } ?? false ? .outOfBudget : nil
            },
            progress: { now in
                let share = Double(now.done) / Double(max(1, now.planned))
                bar.show("\(now.done) of \(now.planned) steps, \(now.cell)", share)
            }
        )
        bar.finish()
        return result
    }
}

/// The settings of a run that the command line may change.
struct RunFlags: ParsableArguments {
    /// What is run.
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case simulate, measure, both
    }

    @Option(help: ArgumentHelp("In place of the scenario's modes.", valueName: "simulate|measure|both"))
    var mode: Mode?

    @Option(help: ArgumentHelp("In place of the scenario's seed.", valueName: "number"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Replications of every cell.", valueName: "number"))
    var reps: Int?

    @Option(help: ArgumentHelp("Stop after this time; the run can be resumed.", valueName: "20min"))
    var budget: String?

    @Option(help: ArgumentHelp("Weighings of this machine, from `tare claim --save-weighings`.", valueName: "file"))
    var weighings: String?

    /// The weighings of `--weighings`.
    func readWeighings() throws(TareError) -> [Weighing] {
        guard let weighings else { return [] }
        return try Self.readWeighings(weighings)
    }

    /// Reads a document of weighings.
    static func readWeighings(_ path: String) throws(TareError) -> [Weighing] {
        struct Document: Decodable { var weighings: [Weighing] }
        return try JSONText.decode(Document.self, from: try FileReading.text(at: path), subject: path).weighings
    }

    mutating func validate() throws {
        if let reps, !(1...100_000).contains(reps) {
            throw ValidationError("--reps takes a whole number from 1 to 100000, not \(reps)")
        }
    }

    /// The changes.
    func overrides() throws(TareError) -> RunOverrides {
        var modes: [RunMode]?
        if let mode { modes = mode == .both ? RunMode.allCases : mode == .simulate ? [.simulate] : [.measure] }
        var seconds: Double?
        if let budget { seconds = try RunOverrides.seconds(budget, flag: "--budget") }
        return RunOverrides(modes: modes, seed: seed, repetitions: reps, budgetSeconds: seconds)
    }
}
