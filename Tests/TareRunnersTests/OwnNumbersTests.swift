import TareCore
import TareExperiment
import Testing

@testable import TareRunners

@Suite("a scenario's own profile and load")
struct OwnNumbersTests {
    private func text(profile: String = "nitro", load: String = "{ requests: 50/s, cpu: 2ms, p99: 50ms }") -> String {
        """
        tare: 1
        name: own
        host: { cores: 16, numa: 2, memory: 64GiB }
        platforms:
          vm: { profile: \(profile) }
          container: { profile: engine }
        guests:
          mine: { os_disk: 1GiB, os_memory: 120MiB, boot: { init: { cpu: 1s, read: 60MiB, requests: 2000 } } }
        services:
          - { name: web, replicas: 4, workload: flask, guest: mine, memory: 512MiB, load: \(load) }
        """
    }

    private func outcome(_ text: String, _ runner: any ServiceRunner) async throws -> RunOutcome {
        let scenario = try ScenarioReader.read(text: text, file: "own.yaml").scenario
        let cell = try #require(try scenario.cells().first)
        try runner.check(cell, of: scenario)
        return try await runner.run(RunRequest(scenario: scenario, cell: cell, replication: 0, seed: 1))
    }

    private func value(_ outcome: RunOutcome, _ quantity: String, _ subject: String = "host") -> Double? {
        outcome.samples.first { $0.quantity == quantity && $0.subject == subject && $0.owner == nil }?.value
    }

    @Test("a profile by numbers is read with its units, and its monitor's memory is in the result")
    func profile() async throws {
        let own = "{ based_on: microvm, vmm_memory: 100MiB, cpu_tax: 3%, spawn: 20ms, pin_cpus: false }"
        let runner = ServiceRunnerSuiteTests.runners[0]
        let base = try #require(value(try await outcome(text(profile: "microvm"), runner), "mem.pss", "instance"))
        let mine = try #require(value(try await outcome(text(profile: own), runner), "mem.pss", "instance"))
        #expect(mine - base > 90 * 1_048_576 && mine - base < 100 * 1_048_576)
    }

    @Test("a load brings latencies, and a target how many instances keep it", arguments: [0, 1])
    func load(index: Int) async throws {
        let runner = ServiceRunnerSuiteTests.runners[index]
        let outcome = try await outcome(text(profile: "cloud-hypervisor"), runner)
        let p50 = try #require(value(outcome, "load.latency.p50"))
        let p99 = try #require(value(outcome, "load.latency.p99"))
        #expect(p50 > 0 && p50 < p99 && p99 < 0.05)
        let density = try #require(value(outcome, "density.latency"))
        // 16 cores over 0.1 cores an instance.
        #expect(density >= 4 && density <= 160)
        let without = try await self.outcome(text(load: "{ requests: 50/s, cpu: 2ms }"), runner)
        #expect(value(without, "density.latency") == nil && value(without, "load.throughput") != nil)
    }

    @Test("page frames by class add up to the host's memory", arguments: [0, 1])
    func frames(index: Int) async throws {
        let outcome = try await outcome(text(), ServiceRunnerSuiteTests.runners[index])
        let frames = outcome.samples.filter { $0.quantity == "mem.frames" }
        let sum = frames.filter { $0.subject.hasPrefix("class:") }.reduce(0) { $0 + $1.value }
        #expect(sum == value(outcome, "mem.frames") && sum == 64 * 1_073_741_824)
        let first = frames.filter { $0.subject.hasPrefix("node:0:") }.reduce(0) { $0 + $1.value }
        #expect(first == 32 * 1_073_741_824)
    }

    @Test(
        "a wrong key, unit or word is told at its line",
        arguments: [
            ("{ based_on: microvm, vmm_memori: 5MiB }", "vmm_memory"), ("{ based_on: xen }", "known"),
            ("{ based_on: microvm, vmm_memory: 5 }", "5MiB"), ("{ vmm_memory: 5MiB }", "based_on"),
        ])
    func mistakes(profile: String, told: String) throws {
        let error = #expect(throws: TareError.self) {
            try ScenarioReader.read(text: text(profile: profile), file: "own.yaml")
        }
        let words = (error?.causes ?? []).map { $0.message + " " + ($0.hint ?? "") }.joined(separator: " ")
        let isTold = words.contains(told)
        #expect(isTold, "\(words)")
        #expect(throws: TareError.self) {
            try ScenarioReader.read(text: text(load: "{ requests: 50, cpu: 2ms }"), file: "own.yaml")
        }
        #expect(throws: TareError.self) {
            try ScenarioReader.read(text: text(load: "{ requests: 50/s, cpu: 0ms }"), file: "own.yaml")
        }
    }
}
