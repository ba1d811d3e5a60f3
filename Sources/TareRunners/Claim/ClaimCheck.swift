import TareCatalog
import TareCore
import TareExperiment
import TareLinux

/// The claim, checked end to end: roots -> weighings -> shares, and the model on the same weighings -> verdicts.
///
///     base systems x workloads -> ClaimWeighings -> ClaimCells -> verdict on disk (measured)
///                                        |-> ContentSource -> runners -> samples -> verdicts on memory, N side by side
public struct ClaimCheck: Sendable {
    /// What a check brought.
    public struct Outcome: Sendable {
        /// One verdict a claim.
        public var claims: [ClaimResult]
        /// All numbers behind them.
        public var dataset: Dataset
    }

    /// What is measured and what is stored.
    public var weighings: ClaimWeighings
    /// Claims in place of the built-in ones, with the scenario that they come from.
    public var read: ScenarioReader.Read?
    /// Another band for the disk claim.
    public var band: ClosedRange<Double>?
    /// Worker threads of the simulation.
    public var threads: Int
    /// The one built-in claim to decide, or `nil` for all.
    ///
    /// The disk claim rests on weighings alone and simulates nothing.
    public var only: String?

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - weighings: what is measured and what is stored.
    ///   - read: a scenario with claims of its own; `nil` for the built-in ones.
    ///   - band: another band for the disk claim, as shares of 0 to 1.
    ///   - threads: worker threads of the simulation.
    ///   - only: the one built-in claim to decide; `nil` for all.
    public init(
        weighings: ClaimWeighings, read: ScenarioReader.Read? = nil, band: ClosedRange<Double>? = nil,
        threads: Int = 1, only: String? = nil
    ) {
        self.only = only
        self.weighings = weighings
        self.read = read
        self.band = band
        self.threads = threads
    }

    /// Weighs, simulates and decides.
    ///
    /// - Parameters:
    ///   - version: the program's version, for the provenance.
    ///   - progress: told what goes on: a text and the share of the whole, 0 to 1.
    /// - Returns: verdicts and dataset.
    /// - Throws: `TareError` where a subject has no weighing or a cell cannot run.
    public func run(
        version: String, progress: @escaping @Sendable (String, Double) -> Void
    ) async throws(TareError) -> Outcome {
        let startedAt = HostClock.wallText()
        let scenario: ScenarioReader.Read
        if let read {
            scenario = read
        } else {
            scenario = try ScenarioReader.read(text: ClaimScenario.text, file: "claim.yaml")
        }
        let brought = try await weighings.bring { progress($0, $1 * 0.8) }
        let runners = try ServiceRunners.simulating(scenario.scenario, measured: brought.weighings)
        let experiment = try Experiment(
            scenario: scenario.scenario, scenarioText: scenario.text, runners: runners, threads: threads,
            weighings: brought.weighings)
        let simulates = read != nil || only != BuiltinClaims.osDisk
        if simulates { try experiment.check() }
        let facts = RunFacts(
            run: "claim", scenario: scenario.scenario.name, scenarioHash: scenario.hash, source: "claim.yaml",
            seed: scenario.scenario.run.seed, modes: [.simulate], overrides: RunOverrides(), version: version,
            machine: MachineFacts.current().flat, startedAt: startedAt)
        var (dataset, stopped) = try await experiment.dataset(
            facts, stop: { InterruptFlag.isRaised || !simulates ? .interrupted : nil },
            progress: { progress("simulating", 0.8 + 0.2 * Double($0.done) / Double(max(1, $0.planned))) })
        if stopped != nil, simulates { try InterruptFlag.check("the simulation") }
        dataset.warnings = brought.warnings + dataset.warnings
        return Outcome(claims: try verdicts(dataset, scenario.scenario, stored: brought.stored), dataset: dataset)
    }

    private func verdicts(
        _ dataset: Dataset, _ scenario: Scenario, stored: [Weighing]
    ) throws(TareError) -> [ClaimResult] {
        if read != nil {
            var results: [ClaimResult] = []
            for declared in scenario.claims {
                results.append(ClaimEvaluation.evaluate(claim: try Claim(declared), dataset: dataset))
            }
            return results
        }
        let conditions = Self.conditions(stored: stored, of: dataset.weighings)
        return BuiltinClaims.all.filter { only == nil || $0.id == only }.map { claim in
            var claim = claim
            guard claim.id != BuiltinClaims.osDisk else {
                if let band {
                    claim.low = band.lowerBound
                    claim.high = band.upperBound
                }
                return ClaimEvaluation.evaluate(
                    claim: claim, cells: ClaimCells.osShare(of: dataset.weighings), conditions: conditions)
            }
            let count = claim.id == BuiltinClaims.osMemory ? 1 : BuiltinClaims.instances
            claim.scope.instances = count...count
            return ClaimEvaluation.evaluate(claim: claim, dataset: dataset)
        }
    }

    /// A stored weighing was measured, but not by this check: one step less certain.
    private static func conditions(stored: [Weighing], of weighings: [Weighing]) -> ClaimConditions {
        func guests(_ all: [Weighing]) -> [Weighing] {
            all.filter { $0.workload != nil && BaseSystem.builtin($0.base ?? "")?.role == .guest }
        }
        guard let example = guests(stored).first else { return ClaimConditions() }
        let origin = "\(example.measuredOn ?? "an unknown day") on \(example.machine ?? "an unknown machine")"
        return ClaimConditions(
            extrapolation: "\(guests(stored).count) of \(guests(weighings).count) weighings are stored ones, measured"
                + " \(origin)")
    }
}
