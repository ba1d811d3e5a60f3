import TareCore

/// One process's work on a run: from what the journal has to the end of the plan, or to a stop.
struct RunSession {
    private let experiment: Experiment
    private let save: (StepRecord) throws(TareError) -> Void
    private var known: [StepRecord.Key: StepRecord]
    private var watch: PrecisionWatch
    private var planned: Int
    /// What is there, in the plan's order.
    private(set) var ordered: [StepRecord] = []
    /// Whether every cell is known as well as the scenario wants; `true` where it wants nothing.
    private(set) var isPrecise = true

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - experiment: what is run.
    ///   - found: what earlier sessions brought.
    ///   - save: keeps a new record, in the plan's order, before the next one counts.
    init(
        experiment: Experiment,
        found: [StepRecord] = [],
        save: @escaping (StepRecord) throws(TareError) -> Void = { _ in }
    ) {
        self.experiment = experiment
        self.save = save
        known = Dictionary(found.map { ($0.key, $0) }) { first, _ in first }
        planned = experiment.plan.steps.count
        watch = PrecisionWatch(experiment.scenario)
    }

    /// Runs the plan, then what the stopping rule asks for.
    ///
    /// - Returns: why it stopped early, or `nil`.
    mutating func finish(
        stop: @escaping @Sendable () -> RunStop?,
        progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws(TareError) -> RunStop? {
        let plan = experiment.plan
        if let stopped = try await run(plan.steps, stop, progress) { return stopped }
        guard let rule = experiment.scenario.run.stopWhen, !experiment.runners.isEmpty else { return nil }
        var done = plan.replications
        var open = imprecise(Array(plan.cells.indices), rule)
        while !open.isEmpty, done < plan.mostReplications {
            let extra = plan.extraSteps(of: open, from: done)
            planned += extra.count
            if let stopped = try await run(extra, stop, progress) { return stopped }
            done = min(done + Plan.extraBlocks, plan.mostReplications)
            open = imprecise(open, rule)
        }
        isPrecise = open.isEmpty
        return nil
    }

    private func imprecise(_ cells: [Int], _ rule: RunSettings.StopRule) -> [Int] {
        cells.filter { !watch.isPrecise($0, rule: rule) }
    }

    /// Runs steps, several at once, and journals them in their order.
    private mutating func run(
        _ steps: [Plan.Step],
        _ stop: @escaping @Sendable () -> RunStop?,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws(TareError) -> RunStop? {
        var next = 0
        while next < steps.count {
            // What an earlier session brought is taken over without a new task.
            while next < steps.count, let record = known[experiment.key(of: steps[next])] {
                keep(record, steps[next], progress)
                next += 1
            }
            let end = steps[next...].firstIndex { known[experiment.key(of: $0)] != nil } ?? steps.count
            guard next < end else { continue }
            switch await runNew(Array(steps[next..<end]), stop, progress) {
            case .failure(let error): throw error
            case .success(let stopped?): return stopped
            case .success(nil): next = end
            }
        }
        return nil
    }

    private mutating func runNew(
        _ steps: [Plan.Step],
        _ stop: @escaping @Sendable () -> RunStop?,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async -> Result<RunStop?, TareError> {
        let experiment = experiment
        return await withTaskGroup(of: (Int, StepRecord).self) { group in
            var waiting: [Int: StepRecord] = [:]
            var launched = 0
            var written = 0
            var stopped: RunStop?
            func launch() {
                guard stopped == nil, launched < steps.count else { return }
                stopped = stop()
                guard stopped == nil else { return }
                let index = launched
                launched += 1
                group.addTask { (index, await experiment.record(of: steps[index])) }
            }
            for _ in 0..<experiment.threads { launch() }
            while let (index, record) = await group.next() {
                waiting[index] = record
                launch()
                while let ready = waiting.removeValue(forKey: written) {
                    do throws(TareError) { try save(ready) } catch {
                        group.cancelAll()
                        return .failure(error)
                    }
                    keep(ready, steps[written], progress)
                    written += 1
                }
            }
            return .success(stopped)
        }
    }

    private mutating func keep(
        _ record: StepRecord,
        _ step: Plan.Step,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) {
        ordered.append(record)
        if !step.isWarmUp { watch.add(record, cell: step.cell) }
        progress(RunProgress(done: ordered.count, planned: planned, cell: record.key.cell))
    }
}
