import TareCore
import TareExperiment
import TareLinux

/// Runs every cell of a scenario on its modelled runners, several at once, and brings the outcomes in the plan's order.
struct ClaimSimulation: Sendable {
    let scenario: Scenario
    let runners: [any ServiceRunner]
    let threads: Int

    /// One runner, cell and replication.
    private struct Step: Sendable {
        var runner: Int
        var request: RunRequest
    }

    /// All outcomes, in the order cells x replications x runners: the same bytes for any number of threads.
    ///
    /// - Parameter progress: told the share that is done, 0 to 1.
    /// - Returns: an outcome a step.
    /// - Throws: the first step's error, or `cancelled` after an interrupt.
    func run(progress: @escaping @Sendable (Double) -> Void) async throws(TareError) -> [RunOutcome] {
        let cells = try scenario.cells()
        for cell in cells { for runner in runners { try runner.check(cell, of: scenario) } }
        var steps: [Step] = []
        for cell in cells {
            for replication in 0..<scenario.run.repetitions.most {
                let seed = ReplicationSeed.of(scenario.run.seed, replication: replication)
                let request = RunRequest(scenario: scenario, cell: cell, replication: replication, seed: seed)
                for runner in runners.indices { steps.append(Step(runner: runner, request: request)) }
            }
        }
        let results = await outcomes(of: steps, progress: progress)
        var outcomes: [RunOutcome] = []
        outcomes.reserveCapacity(results.count)
        for result in results { outcomes.append(try result.get()) }
        return outcomes
    }

    private func outcomes(
        of steps: [Step], progress: @escaping @Sendable (Double) -> Void
    ) async -> [Result<RunOutcome, TareError>] {
        await withTaskGroup(of: (Int, Result<RunOutcome, TareError>).self) { group in
            var results = [Result<RunOutcome, TareError>?](repeating: nil, count: steps.count)
            var next = 0
            var finished = 0
            func addOne() {
                guard next < steps.count else { return }
                let index = next
                next += 1
                let runners = runners
                group.addTask { (index, await Self.outcome(of: steps[index], runners)) }
            }
            for _ in 0..<max(1, threads) { addOne() }
            while let (index, result) = await group.next() {
                results[index] = result
                finished += 1
                progress(Double(finished) / Double(max(1, steps.count)))
                addOne()
            }
            return results.compactMap { $0 }
        }
    }

    private static func outcome(
        of step: Step, _ runners: [any ServiceRunner]
    ) async -> Result<RunOutcome, TareError> {
        do throws(TareError) {
            try InterruptFlag.check("the simulation")
            return .success(try await runners[step.runner].run(step.request))
        } catch {
            return .failure(error)
        }
    }
}
