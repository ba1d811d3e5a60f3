import TareCatalog
import TareCore
import TareLinux

/// Runs a plan: every cell is checked first, then each step runs on all platforms and is journalled in the plan's order.
///
///     Plan -> steps -> runners (several at once) -> journal, in order -> Dataset -> RunResult
///
/// The bytes do not depend on the number of threads, nor on where a session was stopped and resumed.
public struct Experiment: Sendable {
    /// The scenario with the settings that are used.
    public let scenario: Scenario
    /// The scenario's text.
    public let scenarioText: String
    /// The runners, in the order in which their samples are kept.
    public let runners: [any ServiceRunner]
    /// Steps at once.
    public let threads: Int
    /// The plan.
    public let plan: Plan
    /// Platforms and modes that cannot run here at all, with the reason: a failure in each cell.
    public let missing: [CellFailure]
    /// The weighings behind the content, for the dataset.
    public let weighings: [Weighing]
    /// What a reader should know before any number: they come first among the dataset's warnings.
    public let warnings: [String]

    /// Makes an experiment.
    ///
    /// - Parameters:
    ///   - scenario: with the settings that shall be used.
    ///   - scenarioText: the scenario's text, to the byte.
    ///   - runners: one a platform and mode.
    ///   - threads: steps at once, at least 1.
    ///   - missing: arms that cannot run here, each a failure of every cell.
    ///   - weighings: behind the content; they go into the dataset.
    ///   - warnings: what a reader should know before any number.
    /// - Throws: `TareError.invalid` where the cells cannot be made.
    public init(
        scenario: Scenario,
        scenarioText: String,
        runners: [any ServiceRunner],
        threads: Int,
        missing: [(platform: Platform, reason: String)] = [],
        weighings: [Weighing] = [],
        warnings: [String] = []
    ) throws(TareError) {
        self.scenario = scenario
        self.scenarioText = scenarioText
        self.runners = runners
        self.threads = max(1, threads)
        self.weighings = weighings
        self.warnings = warnings
        let plan = try Plan(scenario)
        self.plan = plan
        self.missing = plan.cells.flatMap { cell in
            missing.map { CellFailure(cell: cell.id, replication: 0, platform: $0.platform, reason: $0.reason) }
        }
    }

    /// Asks every runner about every cell; touches nothing.
    ///
    /// - Throws: the first refusal's code, with up to ten refusals as causes.
    public func check() throws(TareError) {
        var refusals: [TareError] = []
        var count = 0
        for cell in plan.cells {
            for runner in runners {
                do throws(TareError) { try runner.check(cell, of: scenario) } catch {
                    count += 1
                    var refusal = error
                    refusal.subject = "\(cell.id), \(runner.platform.rawValue): \(error.subject)"
                    if refusals.count < 10 { refusals.append(refusal) }
                }
            }
        }
        guard let first = refusals.first else { return }
        let what = count == 1 ? "1 cell cannot run" : "\(count) cells and platforms cannot run"
        throw TareError(first.code, subject: scenario.name, "\(what); nothing was started", causes: refusals)
    }

    /// Runs what the journal of `folder` does not have yet, and writes dataset, result and state.
    ///
    /// - Parameters:
    ///   - folder: the run's folder, made by `RunFolder.make`.
    ///   - stop: asked before each step; in-flight steps are finished and saved.
    ///   - progress: told after each step; called from one task at a time.
    /// - Returns: the result with its state.
    /// - Throws: `TareError` where the journal cannot be read or written.
    public func run(
        in folder: RunFolder,
        stop: @escaping @Sendable () -> RunStop? = { nil },
        progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) async throws(TareError) -> RunResult {
        let facts = try folder.readFacts()
        let journal = try RunJournal(folder.journal)
        var session = RunSession(experiment: self, found: journal.found) { (record) throws(TareError) in
            try journal.append(record)
        }
        let stopped = try await session.finish(stop: stop, progress: progress)
        let dataset = dataset(facts, records: session.ordered)
        let state: RunState
        switch stopped {
        case .interrupted: state = .interrupted
        case .outOfBudget: state = .outOfBudget
        case nil: state = dataset.failures.isEmpty ? (session.isPrecise ? .complete : .imprecise) : .partial
        }
        var result = try RunResult(dataset: dataset, scenario: scenario)
        if !session.isPrecise, stopped == nil {
            result.warnings.append("the wanted precision was not reached after \(plan.mostReplications) replications")
        }
        try AtomicFile.write(folder.dataset, try DatasetText.bytes(dataset))
        try AtomicFile.write(folder.result, text: try JSONText.encode(result) + "\n")
        try folder.write(state)
        result.state = state
        return result
    }

    /// Runs the whole plan in memory: nothing is written, and nothing can be resumed.
    ///
    /// - Parameters:
    ///   - facts: where the dataset says that it comes from.
    ///   - stop: asked before each step.
    ///   - progress: told after each step; called from one task at a time.
    /// - Returns: what was run, and why it stopped early, or `nil`.
    /// - Throws: nothing today; a step that fails is among the dataset's failures.
    public func dataset(
        _ facts: RunFacts,
        stop: @escaping @Sendable () -> RunStop? = { nil },
        progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) async throws(TareError) -> (dataset: Dataset, stopped: RunStop?) {
        var session = RunSession(experiment: self)
        let stopped = try await session.finish(stop: stop, progress: progress)
        return (dataset(facts, records: session.ordered), stopped)
    }

    private func dataset(_ facts: RunFacts, records: [StepRecord]) -> Dataset {
        var dataset = Dataset(
            run: facts.run,
            scenarioText: scenarioText,
            scenarioHash: facts.scenarioHash,
            seed: facts.seed,
            version: facts.version,
            machine: facts.lasting,
            startedAt: facts.startedAt,
            cells: plan.cells,
            weighings: weighings,
            failures: missing
        )
        dataset.samples.reserveCapacity(records.reduce(0) { $0 + $1.arms.reduce(0) { $0 + $1.samples.count } })
        var seen: Set<String> = Set(warnings)
        dataset.warnings = warnings
        for record in records where !record.key.isWarmUp {
            for arm in record.arms {
                dataset.samples += arm.samples
                dataset.timelines += arm.timelines
                for warning in arm.warnings where seen.insert(warning).inserted { dataset.warnings.append(warning) }
                guard let reason = arm.failure else { continue }
                dataset.failures.append(
                    CellFailure(
                        cell: record.key.cell,
                        replication: record.key.replication,
                        platform: arm.platform,
                        reason: reason
                    )
                )
            }
        }
        return dataset
    }

    /// One step on all runners, one after the other; a failure of one is a result of the other's.
    func record(of step: Plan.Step) async -> StepRecord {
        let cell = plan.cells[step.cell]
        let seed =
            step.isWarmUp
            ? ReplicationSeed.ofWarmUp(plan.seed, replication: step.replication)
            : ReplicationSeed.of(plan.seed, replication: step.replication)
        let request = RunRequest(scenario: scenario, cell: cell, replication: step.replication, seed: seed)
        var arms: [StepRecord.Arm] = []
        for runner in runners {
            var arm = StepRecord.Arm(platform: runner.platform, mode: runner.mode)
            do throws(TareError) {
                let outcome = try await runner.run(request)
                if let wrong = outcome.samples.first(where: { !$0.value.isFinite }) {
                    arm.failure = "brought a value of \(wrong.quantity) that is no number"
                } else if !step.isWarmUp {
                    arm.samples = outcome.samples
                    arm.timelines = outcome.timelines
                    arm.warnings = outcome.warnings
                }
            } catch {
                arm.failure = "\(error.subject): \(error.message)"
            }
            arms.append(arm)
        }
        return StepRecord(key: key(of: step), arms: arms)
    }

    /// What a step is called in the journal.
    func key(of step: Plan.Step) -> StepRecord.Key {
        StepRecord.Key(cell: plan.cells[step.cell].id, replication: step.replication, isWarmUp: step.isWarmUp)
    }
}
