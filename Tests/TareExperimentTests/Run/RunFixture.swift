import FoundationEssentials
import TareCore
import TareExperiment

/// A scenario of six cells in a folder of its own.
struct RunFixture {
    let runs: String
    var scenario: Scenario

    static let text = """
        tare: 1
        name: fixture
        host: { ec2: m6i.metal }
        services:
          - { name: web, replicas: $n, workload: hello, guest: $os }
        sweep: { n: [1, 2, 5], os: [debian-12-minimal, debian-12-cloud] }
        run: { reps: { start: 8, memory: 1, disk: 1 }, seed: 7 }

        """

    init() throws {
        runs = FileManager.default.temporaryDirectory.path + "/tare-run-\(UInt64.random(in: 0...(.max)))"
        scenario = try ScenarioReader.read(text: Self.text, file: "fixture.yaml").scenario
    }

    func folder(_ id: String) throws -> RunFolder {
        let facts = RunFacts(
            run: id,
            scenario: scenario.name,
            scenarioHash: "sha256:0",
            source: "fixture.yaml",
            seed: scenario.run.seed,
            modes: scenario.run.modes,
            overrides: RunOverrides(),
            version: "0",
            machine: ["kernel": "1", "load": "0.5"],
            startedAt: "2026-01-01T00:00:00Z"
        )
        return try RunFolder.make(facts, scenarioText: Self.text, in: runs)
    }

    func experiment(
        threads: Int = 1,
        vm: SeededRunner = SeededRunner(platform: .vm),
        container: SeededRunner = SeededRunner(platform: .container)
    ) throws -> Experiment {
        try Experiment(scenario: scenario, scenarioText: Self.text, runners: [vm, container], threads: threads)
    }

    func dataset(_ folder: RunFolder) throws -> String {
        try String(contentsOfFile: folder.dataset, encoding: .utf8).split(separator: folder.id).joined()
    }

    func remove() { try? FileManager.default.removeItem(atPath: runs) }
}
