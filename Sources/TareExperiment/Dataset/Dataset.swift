import TareCatalog
import TareCore

/// All that one run brought: what estimates, verdicts and reports are made from, and nothing else is.
public struct Dataset: Codable, Sendable {
    /// The run's id; also the name of its folder.
    public var run: String
    /// The scenario as it was given, to the byte.
    public var scenarioText: String
    /// The digest of the scenario's canonical form.
    public var scenarioHash: String
    /// The seed of every random stream.
    public var seed: UInt64
    /// The program's version.
    public var version: String
    /// Facts of the machine, by name: part of the provenance.
    public var machine: [String: String]
    /// RFC 3339 time of the start, the only thing that differs between two runs with one seed.
    public var startedAt: String
    /// The cells that were planned.
    public var cells: [Cell]
    /// Every sample.
    public var samples: [Sample]
    /// Timelines of typical starts.
    public var timelines: [StartTimeline]
    /// The weighings that went in.
    public var weighings: [Weighing]
    /// Cells that failed, with the reason.
    public var failures: [CellFailure]
    /// Warnings that were raised; each goes into the report.
    public var warnings: [String]

    /// Makes a dataset.
    public init(
        run: String,
        scenarioText: String,
        scenarioHash: String,
        seed: UInt64,
        version: String,
        machine: [String: String],
        startedAt: String,
        cells: [Cell],
        samples: [Sample] = [],
        timelines: [StartTimeline] = [],
        weighings: [Weighing] = [],
        failures: [CellFailure] = [],
        warnings: [String] = []
    ) {
        self.run = run
        self.scenarioText = scenarioText
        self.scenarioHash = scenarioHash
        self.seed = seed
        self.version = version
        self.machine = machine
        self.startedAt = startedAt
        self.cells = cells
        self.samples = samples
        self.timelines = timelines
        self.weighings = weighings
        self.failures = failures
        self.warnings = warnings
    }
}

/// A cell, replication or arm that did not bring its samples: a result too.
public struct CellFailure: Codable, Sendable, Hashable {
    /// The cell's id.
    public var cell: String
    /// The replication within the cell.
    public var replication: Int
    /// VM or container.
    public var platform: Platform
    /// What happened, as the user reads it.
    public var reason: String

    /// Makes a failure.
    public init(cell: String, replication: Int, platform: Platform, reason: String) {
        self.cell = cell
        self.replication = replication
        self.platform = platform
        self.reason = reason
    }
}
