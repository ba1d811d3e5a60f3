import TareCatalog
import TareCore
import TareEngine
import TareExperiment
import TareTestSupport
import Testing

@testable import TareRunners

@Suite("calibrated profiles")
struct CalibratedProfileTests {
    private func bytes(_ value: Double) -> Figure { Figure(value, unit: "B", evidence: .measured, source: "test") }

    private var profile: CalibratedProfile {
        let own = WorkloadProfile(
            id: "flask", startCPU: Figure(10, unit: "ms", evidence: .measured, source: "test"),
            runtimeAnonymous: bytes(1_000_000), appAnonymous: bytes(0), runtimeFile: bytes(4_000_000),
            appFile: bytes(0))
        return CalibratedProfile(
            measuredOn: "2026-11-25", version: "x", machine: [:],
            engine: ["supervisor-pss": bytes(80_000), "kernel-memory": bytes(360_000)], workloads: ["flask": own])
    }

    @Test("the model takes a profile's numbers, and a container needs no guest")
    func used() async throws {
        var content = RunnerFixture.content
        content.profiles["./mine.json"] = profile
        var scenario = RunnerFixture.scenario(replicas: "4")
        scenario.vm = nil
        scenario.services[0].guest = nil
        scenario.container = ContainerPlatform(profile: "./mine.json")
        let cell = try #require(try scenario.cells().first)
        let runner = ModelledContainerRunner(content: content)
        try runner.check(cell, of: scenario)
        let outcome = try await runner.run(RunRequest(scenario: scenario, cell: cell, replication: 0, seed: 1))
        func value(_ owner: Owner) -> Double {
            outcome.samples.first { $0.quantity == "mem.pss" && $0.subject == "instance" && $0.owner == owner }?.value
                ?? 0
        }
        #expect(value(.platform) == 440_000)
        #expect(value(.runtime) == 2_000_000)
    }

    @Test("a profile reads back as it was written, and another document is refused by its kind")
    func text() throws {
        let text = try JSONText.encode(profile)
        #expect(try CalibratedProfile.read(text, subject: "p.json") == profile)
        let other = text.replacing("tare-containers", with: "something")
        let error = #expect(throws: TareError.self) { try CalibratedProfile.read(other, subject: "p.json") }
        #expect(error?.message.contains("something") == true)
    }

    @Test(
        "a calibration measures each parameter above zero, with its spread",
        .enabled(if: MeasuringFixture.canRun, MeasuringFixture.reason))
    func measured() async throws {
        let fixture = try MeasuringFixture()
        let engine = try fixture.engine()
        let service = ResolvedService(name: "web", replicas: 2, workload: "nginx", content: .builtin("nginx"))
        let image = try await BoxImages(command: BoxImages.server).image(of: service, in: engine.images)
        let found = try await ContainerCalibration(engine: engine, count: 2, repetitions: 2).measure(
            workload: "nginx", image: image, version: "x", progress: { _ in })
        for name in ["supervisor-pss", "writable-metadata", "runtime-cpu", "snapshot-cpu", "network-cpu"] {
            let figure = try #require(found.engine[name])
            #expect(figure.value > 0 && figure.evidence == .measured, "\(name)")
        }
        let file = try #require(found.workloads["nginx"]?.runtimeFile)
        #expect(file.value > 0 && (file.low ?? 0) <= file.value && file.value <= (file.high ?? 0))
        #expect(try engine.list().isEmpty)
    }
}
