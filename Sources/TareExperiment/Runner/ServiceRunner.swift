import TareCore

/// Runs N services on one platform and brings samples: the heart of the comparison.
///
/// Four implementations (modelled VM, modelled container, real container, real VM) pass one suite; same workload, same
/// content, same readiness, same accounting. That is the fairness of the comparison, as code.
///
/// Order: `check` for every cell before the first `run`; then `run` once a replication, in the plan's order, possibly
/// several at once for `simulate`; a runner keeps no state between two runs.
public protocol ServiceRunner: Sendable {
    /// VM or container.
    var platform: Platform { get }
    /// Simulated or measured.
    var mode: RunMode { get }

    /// Refuses a cell that this runner cannot run here, before anything has started. Touches nothing.
    func check(_ cell: Cell, of scenario: Scenario) throws(TareError)

    /// One replication of one cell: start all instances, wait for their first real answer, weigh, stop, clean up.
    func run(_ request: RunRequest) async throws(TareError) -> RunOutcome
}

/// What one replication is asked to do.
public struct RunRequest: Sendable {
    /// The scenario.
    public var scenario: Scenario
    /// The cell.
    public var cell: Cell
    /// The replication within the cell, from 0.
    public var replication: Int
    /// The seed of this replication: the same for both platforms, so that they share their draws.
    public var seed: UInt64

    /// Makes a request.
    public init(scenario: Scenario, cell: Cell, replication: Int, seed: UInt64) {
        self.scenario = scenario
        self.cell = cell
        self.replication = replication
        self.seed = seed
    }
}

/// What one replication brought.
public struct RunOutcome: Sendable {
    /// The samples.
    public var samples: [Sample]
    /// Timelines of typical starts.
    public var timelines: [StartTimeline]
    /// Warnings for the report.
    public var warnings: [String]

    /// Makes an outcome.
    public init(samples: [Sample], timelines: [StartTimeline] = [], warnings: [String] = []) {
        self.samples = samples
        self.timelines = timelines
        self.warnings = warnings
    }
}
