import TareCore
import TareExperiment
import Testing

@testable import TareRunners

/// What every implementation of `ServiceRunner` must do: modelled VM, modelled container, measured container.
///
/// The real VM joins the list when it comes. Measured containers need root, crun and busybox-static, and are left out without them.
@Suite("every service runner")
struct ServiceRunnerSuiteTests {
    private static let measuring: MeasuringFixture? = {
        guard MeasuringFixture.canRun, let fixture = try? MeasuringFixture() else { return nil }
        fixture.releaseAtExit()
        return fixture
    }()
    static let modelled: [any ServiceRunner] = [
        ModelledVMRunner(content: RunnerFixture.content), ModelledContainerRunner(content: RunnerFixture.content),
    ]
    static let runners: [any ServiceRunner] = modelled + (measuring.map { [$0.runner] } ?? [])

    @Test("measured containers are in this suite", .enabled(if: MeasuringFixture.canRun, MeasuringFixture.reason))
    func isWhole() { #expect(Self.runners.contains { $0.mode == .measure }) }

    private func run(_ runner: any ServiceRunner, replicas: Int = 4, seed: UInt64 = 7) async throws -> RunOutcome {
        let scenario = RunnerFixture.scenario(replicas: "\(replicas)")
        let cell = try #require(try scenario.cells().first)
        try runner.check(cell, of: scenario)
        return try await runner.run(RunRequest(scenario: scenario, cell: cell, replication: 0, seed: seed))
    }

    private func value(_ outcome: RunOutcome, _ quantity: String, _ subject: String, _ owner: Owner? = nil) -> Double {
        outcome.samples.first { $0.quantity == quantity && $0.subject == subject && $0.owner == owner }?.value ?? 0
    }

    @Test("a modelled one brings the same samples for the same seed", arguments: modelled.indices)
    func repeats(index: Int) async throws {
        let runner = Self.modelled[index]
        let first = try await run(runner)
        let second = try await run(runner)
        #expect(first.samples == second.samples)
        #expect(first.timelines == second.timelines)
        let other = try await run(runner, seed: 8)
        #expect(first.samples != other.samples)
    }

    @Test("brings the same quantities of the same subjects and owners each time", arguments: runners.indices)
    func namesRepeat(index: Int) async throws {
        func names(_ outcome: RunOutcome) -> Set<String> {
            Set(outcome.samples.map { "\($0.quantity) \($0.subject) \($0.owner?.rawValue ?? "") \($0.unit)" })
        }
        let first = try await run(Self.runners[index], replicas: 2)
        let second = try await run(Self.runners[index], replicas: 2)
        #expect(names(first) == names(second))
    }

    @Test("weighs disk by four and memory by five weights, owners never above the whole", arguments: runners.indices)
    func ownersAddUp(index: Int) async throws {
        let outcome = try await run(Self.runners[index])
        let names = DiskWeight.allCases.map(\.quantity) + MemoryWeight.allCases.map(\.quantity)
        for name in names {
            for subject in ["instance", "host"] {
                let whole = value(outcome, name, subject)
                let parts = Owner.allCases.reduce(0.0) { $0 + value(outcome, name, subject, $1) }
                #expect(parts <= whole + 1, "\(name) of \(subject)")
                let holdsUnused = [DiskWeight.virtual.quantity, "mem.configured", "mem.vmm_rss"].contains(name)
                if !holdsUnused { #expect(abs(parts - whole) <= 1, "\(name) of \(subject)") }
            }
        }
        #expect(value(outcome, "disk.used", "instance") > 0)
        #expect(value(outcome, "mem.pss", "instance") > 0)
    }

    @Test("every instance answers, and its marks are in their order", arguments: runners.indices)
    func marksInOrder(index: Int) async throws {
        let outcome = try await run(Self.runners[index])
        #expect(value(outcome, "instances.ready", "host") == 4)
        for instance in 0..<4 {
            let times = StartMark.allCases.dropFirst().map { value(outcome, $0.quantity, "instance:\(instance)") }
            #expect(times == times.sorted())
            #expect(times.last ?? 0 > 0)
        }
    }

    @Test("marks every number as what it is", arguments: runners.indices)
    func evidence(index: Int) async throws {
        let runner = Self.runners[index]
        let outcome = try await run(runner)
        #expect(outcome.samples.allSatisfy { $0.mode == runner.mode && $0.platform == runner.platform })
        #expect(outcome.samples.allSatisfy { $0.evidence == (runner.mode == .simulate ? .modelled : .measured) })
        #expect(outcome.samples.allSatisfy { !$0.unit.isEmpty && $0.value.isFinite })
    }

    @Test("more instances never take less of the host", arguments: runners.indices)
    func growsWithInstances(index: Int) async throws {
        var before = (disk: 0.0, memory: 0.0)
        for count in [1, 2, 5] {
            let outcome = try await run(Self.runners[index], replicas: count)
            let disk = value(outcome, "disk.allocated", "host")
            // The host's own system is measured anew each time, and others use this machine.
            let memory = value(outcome, "mem.pss", "host") - value(outcome, "mem.pss", "host", .os)
            #expect(disk >= before.disk)
            #expect(memory >= before.memory)
            before = (disk, memory)
        }
    }

    @Test("a guest's own boot numbers decide how long its start takes")
    func ownBoot() async throws {
        var times: [Double] = []
        for seconds in [1.0, 9.0] {
            let boot = [GuestNumbers.Phase(name: "init", cpuSeconds: seconds, width: 2, read: .mebibytes(8))]
            var scenario = RunnerFixture.scenario(replicas: "1", guest: "mine")
            scenario.guests["mine"] = .numbers(
                GuestNumbers(osDisk: .gibibytes(1), kernel: .mebibytes(12), osMemory: .mebibytes(180), boot: boot))
            let cell = try #require(try scenario.cells().first)
            let outcome = try await Self.runners[0].run(
                RunRequest(scenario: scenario, cell: cell, replication: 0, seed: 7))
            times.append(value(outcome, "start.first-response", "host"))
        }
        #expect(times[1] > times[0] + 3)
    }

    @Test("an unknown workload is refused before anything runs", arguments: runners.indices)
    func refusesUnknown(index: Int) throws {
        let scenario = RunnerFixture.scenario(workload: "cobol")
        let cell = try #require(try scenario.cells().first)
        #expect(throws: TareError.self) { try Self.runners[index].check(cell, of: scenario) }
    }
}
