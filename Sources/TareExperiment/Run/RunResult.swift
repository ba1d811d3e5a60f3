import TareCore
import TareStatistics

/// What `tare run --json` prints and `tare show` reads again: estimates and verdicts of one run.
///
/// The JSON keys are public (Docs/schemas/run.schema.json).
public struct RunResult: Codable, Sendable {
    /// The run's id.
    public var run: String
    /// RFC 3339 time of the start.
    public var startedAt: String
    /// The scenario's name.
    public var scenario: String
    /// The digest of the scenario's canonical form.
    public var scenarioHash: String
    /// The seed.
    public var seed: UInt64
    /// The program's version.
    public var version: String
    /// The planned cells.
    public var cells: [Cell]
    /// Each quantity on each platform.
    public var estimates: [Estimate]
    /// VM against container.
    public var paired: [PairedEstimate]
    /// The verdicts on the scenario's claims.
    public var claims: [ClaimResult]
    /// What a reader should know.
    public var warnings: [String]
    /// What failed.
    public var failures: [CellFailure]
    /// How the run stands; in a file of its own, not in the document.
    public var state = RunState.complete

    enum CodingKeys: String, CodingKey {
        case run, scenario, seed, version, cells, estimates, paired, claims, warnings, failures
        case startedAt = "started_at"
        case scenarioHash = "scenario_hash"
    }

    /// Estimates and decides.
    ///
    /// - Parameters:
    ///   - dataset: the run.
    ///   - scenario: its scenario, for name and claims.
    /// - Throws: `TareError.invalid` where a claim's quantity cannot be read.
    public init(dataset: Dataset, scenario: Scenario) throws(TareError) {
        run = dataset.run
        startedAt = dataset.startedAt
        self.scenario = scenario.name
        scenarioHash = dataset.scenarioHash
        seed = dataset.seed
        version = dataset.version
        cells = dataset.cells
        let found = Estimates(dataset.samples, cells: dataset.cells)
        estimates = found.rows
        paired = found.paired
        claims = []
        for declared in scenario.claims where !dataset.samples.isEmpty {
            claims.append(ClaimEvaluation.evaluate(claim: try Claim(declared), dataset: dataset))
        }
        warnings = dataset.warnings
        failures = dataset.failures
        let few = found.rows.lazy.filter { $0.interval == nil }.count
        if few > 0 {
            let need = MinimumCount.forQuantile(0.5)
            warnings.append(
                "\(few) of \(found.rows.count) estimates have fewer than the \(need) replications that an interval needs"
            )
        }
    }
}
