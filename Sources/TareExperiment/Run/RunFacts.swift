import TareCore

/// Where a run comes from: `run.json`, written once when it begins.
public struct RunFacts: Codable, Sendable, Hashable {
    /// The run's id, also the name of its folder.
    public var run: String
    /// The scenario's name.
    public var scenario: String
    /// The digest of the scenario's canonical form.
    public var scenarioHash: String
    /// The scenario file, as it was named.
    public var source: String
    /// The seed that is used.
    public var seed: UInt64
    /// The modes that are used.
    public var modes: [RunMode]
    /// What the command line changed.
    public var overrides: RunOverrides
    /// The program's version.
    public var version: String
    /// Facts of the machine at the start.
    public var machine: [String: String]
    /// RFC 3339 time of the start.
    public var startedAt: String

    enum CodingKeys: String, CodingKey {
        case run, scenario, source, seed, modes, overrides, version, machine
        case scenarioHash = "scenario_hash"
        case startedAt = "started_at"
    }

    /// Makes the facts.
    public init(
        run: String,
        scenario: String,
        scenarioHash: String,
        source: String,
        seed: UInt64,
        modes: [RunMode],
        overrides: RunOverrides,
        version: String,
        machine: [String: String],
        startedAt: String
    ) {
        self.run = run
        self.scenario = scenario
        self.scenarioHash = scenarioHash
        self.source = source
        self.seed = seed
        self.modes = modes
        self.overrides = overrides
        self.version = version
        self.machine = machine
        self.startedAt = startedAt
    }

    /// The facts that make two machines two: what changes from minute to minute is left out.
    public static func identity(of machine: [String: String]) -> [String: String] {
        machine.filter { ["cpu.model", "cpu.allowed", "memory.total", "kernel", "numa.nodes"].contains($0.key) }
    }

    /// The facts that a dataset keeps; the load of the moment stays in `run.json`.
    var lasting: [String: String] { machine.filter { $0.key != "load" } }
}
