import TareCore
import TareExperiment
import TareStatistics
import Testing

@Suite struct ComparisonTests {
    private func dataset(
        _ run: String,
        factor: Double,
        seed: UInt64 = 1,
        hash: String = "sha256:a",
        cell: String = "all",
        unit: String = "seconds",
        mode: RunMode = .simulate,
        machine: [String: String] = ["kernel": "6"],
        quantity: String = "start.first-response",
        count: Int = 20
    ) -> Dataset {
        var generator = SeededGenerator(seed: seed)
        let samples = (0..<count).map { replication in
            Sample(
                cell: cell, replication: replication, platform: .vm, mode: mode, quantity: quantity, unit: unit,
                subject: "host", value: factor * (10 + generator.normal()), evidence: .modelled)
        }
        return Dataset(
            run: run, scenarioText: "", scenarioHash: hash, seed: seed, version: "0", machine: machine,
            startedAt: "", cells: [Cell(id: cell, settings: [:], instances: 1)], samples: samples)
    }

    @Test(
        "a planted slow-down is a regression, a speed-up an improvement, sameness neither",
        arguments: [(1.5, "regression"), (0.6, "improvement"), (1.0, "no clear change")], [UInt64(1), 2])
    func planted(_ change: (Double, String), _ seed: UInt64) throws {
        let comparison = try Comparison(dataset("a", factor: 1), dataset("b", factor: change.0, seed: seed))
        #expect(comparison.paired == (seed == 1))
        let row = try #require(comparison.rows.first)
        #expect(row.verdict.rawValue == change.1)
        if change.0 != 1 { #expect(try #require(row.pAdjusted) < 0.01) }
    }

    @Test("more density is better, not worse")
    func density() throws {
        let a = dataset("a", factor: 1, quantity: "density.instances")
        let b = dataset("b", factor: 1.2, quantity: "density.instances")
        #expect(try Comparison(a, b).rows.map(\.verdict) == [.improvement])
    }

    @Test("a change below the threshold is none")
    func threshold() throws {
        let b = dataset("b", factor: 1.02)
        #expect(try Comparison(dataset("a", factor: 1), b, threshold: 0.03).count(.regression) == 0)
        #expect(try Comparison(dataset("a", factor: 1), b, threshold: 0.01).count(.regression) == 1)
    }

    @Test("runs without a common cell, with another unit, or measured elsewhere are refused")
    func refused() {
        let a = dataset("a", factor: 1)
        #expect(throws: TareError.self) { try Comparison(a, dataset("b", factor: 1, cell: "n=2")) }
        #expect(throws: TareError.self) { try Comparison(a, dataset("b", factor: 1, unit: "ms")) }
        let measured = dataset("b", factor: 1, mode: .measure, machine: ["kernel": "5"])
        #expect(throws: TareError.self) { try Comparison(dataset("a", factor: 1, mode: .measure), measured) }
    }

    @Test("simulated runs of two machines are compared with a warning")
    func machines() throws {
        let comparison = try Comparison(dataset("a", factor: 1), dataset("b", factor: 1, machine: ["kernel": "5"]))
        #expect(comparison.warnings.contains { $0.contains("kernel is 6, then 5") })
    }

    @Test("too few replications give no interval, and it says so")
    func few() throws {
        let comparison = try Comparison(dataset("a", factor: 1, count: 3), dataset("b", factor: 9, count: 3))
        #expect(comparison.rows.map(\.verdict) == [.unclear])
        #expect(comparison.warnings.contains { $0.contains("too few") })
    }
}
