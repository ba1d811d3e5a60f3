import Glibc
import TareCore
import TareEngine
import TareExperiment
import TareLinux
import TareTestSupport
import Testing

@testable import TareRunners

@Suite(
    "containers that are measured", .enabled(if: MeasuringFixture.canRun, MeasuringFixture.reason), .serialized)
struct MeasuredContainerTestsSerial {
    private func run(_ fixture: MeasuringFixture, replicas: Int, ready: String? = nil) async throws -> RunOutcome {
        var scenario = RunnerFixture.scenario(replicas: "\(replicas)")
        scenario.services[0].readyTimeout = ready
        let cell = try #require(try scenario.cells().first)
        return try await fixture.runner.run(RunRequest(scenario: scenario, cell: cell, replication: 0, seed: 1))
    }

    private func value(_ outcome: RunOutcome, _ quantity: String, _ subject: String, _ owner: Owner? = nil) -> Double {
        outcome.samples.first { $0.quantity == quantity && $0.subject == subject && $0.owner == owner }?.value ?? 0
    }

    @Test("nothing is left of them: mounts, groups, links, processes, names")
    func leavesNothing() async throws {
        let fixture = try MeasuringFixture()
        _ = try await run(fixture, replicas: 1)
        let before = LeakCheck.now(of: fixture.folder)
        _ = try await run(fixture, replicas: 4)
        #expect(LeakCheck.left(since: before, of: fixture.folder) == [])
        #expect(try fixture.engine().list().isEmpty)
    }

    @Test("the image counts once however many there are, and each further one adds its own layer only")
    func sharedOnce() async throws {
        let fixture = try MeasuringFixture()
        let one = try await run(fixture, replicas: 1)
        let five = try await run(fixture, replicas: 5)
        let image = try FileReading.bytes(at: "/bin/busybox").count
        #expect(value(one, "disk.used", "instance") >= Double(image))
        let grown = value(five, "disk.used", "host") - value(one, "disk.used", "host")
        #expect(grown < Double(image) / 4)
        #expect(value(five, "disk.added", "instance") < 256 * 1024)
        #expect(value(five, "disk.allocated", "host", .platform) > 0)
    }

    @Test("pages that containers share count once: five take less than five times one's resident memory")
    func sharedPages() async throws {
        let five = try await run(try MeasuringFixture(), replicas: 5)
        let pss = value(five, "mem.pss", "instance", .runtime)
        let rss = value(five, "mem.vmm_rss", "instance", .runtime)
        #expect(pss > 0 && pss < rss)
        #expect(value(five, "mem.pss", "instance", .platform) > 0)
    }

    @Test("one that accepts and never answers is not ready, and everything is removed")
    func neverAnswers() async throws {
        let fixture = try MeasuringFixture(command: [
            "/bin/busybox", "nc", "-lk", "-p", "80", "-e", "/bin/busybox", "sleep", "60",
        ])
        let error = await #expect(throws: TareError.self) { try await run(fixture, replicas: 2, ready: "1s") }
        #expect(error?.code == .timedOut)
        #expect(try fixture.engine().list().isEmpty)
    }

    @Test("what a killed measuring process left is found by its mark and removed; a living one's is kept")
    func leftOvers() async throws {
        let fixture = try MeasuringFixture()
        _ = try await run(fixture, replicas: 1)
        let engine = try fixture.engine()
        var options = ContainerOptions()
        options.network = "none"
        options.labels = [MeasuredOwner.label: "\(getpid())-1"]
        let dead = try engine.create(image: "localhost/box:1", arguments: [], options: options)
        try engine.start(dead)
        options.labels = [:]
        let other = try engine.create(image: "localhost/box:1", arguments: [], options: options)
        #expect(try MeasuredOwner.leftOvers(in: engine).map(\.id) == [dead])
        try FolderMaking.make("\(fixture.folder)/state/containers/by-id/" + String(repeating: "ab", count: 32))
        #expect(try engine.unfinished().count == 1)
        #expect(try MeasuredOwner.removeLeftOvers(in: engine).removed == 2)
        #expect(try engine.list().map(\.id) == [other])
    }
}
