import TareCore
import TareStatistics
import Testing

@testable import TareExperiment

@Suite("Claims and the number of runs")
struct ClaimRunsTests {
    private let cell = ClaimFixture.cell()

    private func claim(_ quantity: String, _ band: [Double]) throws -> Claim {
        try Claim(DeclaredClaim(id: "a", text: "b", quantity: quantity, band: band))
    }

    private func memory(_ shares: [Double]) throws -> ClaimResult {
        let samples = shares.enumerated().flatMap {
            ClaimFixture.shares(cell, "mem.pss", os: $1 * 1000, replication: $0)
        }
        let claim = try claim("share(os, mem.pss)", [0.6, 0.7])
        return ClaimEvaluation.evaluate(claim: claim, dataset: ClaimFixture.dataset([cell], samples))
    }

    @Test("a random quantity below six runs lies nowhere, however well it fits", arguments: [1, 2, 5])
    func tooFew(runs: Int) throws {
        let result = try memory([Double](repeating: 0.65, count: runs))
        let found = try #require(result.cells.first)
        #expect(result.verdict == .inconclusive && result.runsNeeded == 6)
        #expect(found.interval.isEmpty && found.runs == runs && found.runsNeeded == 6)
        #expect(result.sentence.contains("too few runs for an interval in the one cell (6 runs a cell are needed)"))
        #expect(result.whatWouldChangeThis == "6 runs of the open cell, which had \(runs)")
        #expect(result.denominators.first?.inside == 0)
        #expect(result.reasons.count { $0.hasPrefix("imprecise") } == 1)
    }

    @Test("with six runs inside the band it is supported and no more runs are asked for")
    func enough() throws {
        let result = try memory([0.64, 0.65, 0.66, 0.65, 0.64, 0.66])
        #expect(result.verdict == .supported && result.runsNeeded == nil)
        #expect(result.cells.first?.interval == [0.64, 0.66])
    }

    @Test("a wide interval over an edge asks for runs by the square of how much too wide it is")
    func wide() throws {
        // Value 0.68, half width 0.1, edge 0.02 away, wanted 5% of 0.68 = 0.034: 8 x (0.1 / 0.034)^2 = 69.2
        let open = ClaimResult.CellShare(
            workload: "flask",
            guest: "cloud",
            denominator: "pss",
            share: 0.68,
            interval: [0.58, 0.78],
            evidence: .measured,
            partBytes: 68,
            wholeBytes: 100,
            runs: 8
        )
        #expect(RunsNeeded.of(open, band: [0.6, 0.7], targetPrecision: 0.05) == 70)
        let result = ClaimEvaluation.evaluate(claim: try claim("share(os, mem.pss)", [0.6, 0.7]), cells: [open])
        #expect(result.verdict == .inconclusive && result.runsNeeded == 70)
        var unknown = open
        unknown.runs = nil
        #expect(RunsNeeded.of(unknown, band: [0.6, 0.7], targetPrecision: 0.05) == nil)
    }

    @Test("one replication of a byte count is exact; replications that differ are not")
    func bytes() throws {
        let claim = try claim("share(os, disk.used)", [0.6, 0.7])
        let once = ClaimFixture.shares(cell, "disk.used", os: 650)
        let exact = ClaimEvaluation.evaluate(claim: claim, dataset: ClaimFixture.dataset([cell], once))
        #expect(exact.verdict == .supported && exact.cells.first?.interval == [0.65, 0.65])
        #expect(exact.cells.first?.runs == nil)
        let twice = once + ClaimFixture.shares(cell, "disk.used", os: 660, replication: 1)
        let random = ClaimEvaluation.evaluate(claim: claim, dataset: ClaimFixture.dataset([cell], twice))
        #expect(random.verdict == .inconclusive && random.runsNeeded == 6)
    }

    @Test("fifty instances of one replication are one run")
    func clusters() throws {
        let crowd = ClaimFixture.cell(n: 50)
        func samples(_ replications: Int) -> [Sample] {
            (0..<replications).flatMap { replication in
                (0..<50).map {
                    ClaimFixture.start(
                        crowd,
                        seconds: 1 + Double(replication) / 10 + Double($0) / 1000,
                        replication: replication,
                        subject: "instance:\($0)"
                    )
                }
            }
        }
        let median = try claim("median(start.first-response, vm)", [0, 3])
        let one = ClaimEvaluation.evaluate(claim: median, dataset: ClaimFixture.dataset([crowd], samples(1)))
        #expect(one.verdict == .inconclusive && one.cells.first?.runs == 1)
        let ten = ClaimEvaluation.evaluate(claim: median, dataset: ClaimFixture.dataset([crowd], samples(10)))
        let ends = try #require(ten.cells.first?.interval)
        // Ranks 2 and 9 of the ten replications' medians.
        #expect(ten.verdict == .supported && abs(ends[0] - 1.1245) < 1e-9 && abs(ends[1] - 1.8245) < 1e-9)
        let tail = try claim("p95(start.first-response, vm)", [0, 3])
        let few = ClaimEvaluation.evaluate(claim: tail, dataset: ClaimFixture.dataset([crowd], samples(2)))
        #expect(few.verdict == .inconclusive && few.runsNeeded == 6)
        let p95 = ClaimEvaluation.evaluate(claim: tail, dataset: ClaimFixture.dataset([crowd], samples(10)))
        let band = try #require(p95.cells.first?.interval)
        // The tail is the slowest replications', and which those are is uncertain.
        #expect(p95.verdict == .supported && band[0] < 1.85 && band[1] > 1.9)
    }

    @Test("one start at a time needs 59 for its p95")
    func singleTail() throws {
        let tail = try claim("p95(start.first-response, vm)", [0, 3])
        func verdict(_ count: Int) -> ClaimResult {
            let samples = (0..<count).map {
                ClaimFixture.start(cell, seconds: 1 + Double($0) / 100, replication: $0, subject: "instance:0")
            }
            return ClaimEvaluation.evaluate(claim: tail, dataset: ClaimFixture.dataset([cell], samples))
        }
        #expect(verdict(30).verdict == .inconclusive && verdict(30).runsNeeded == 59)
        #expect(verdict(59).verdict == .supported)
    }

    @Test("a negative difference agrees with `at most`")
    func negative() throws {
        let claim = Claim(
            id: "a",
            text: "b",
            quantity: try QuantityExpression(parsing: "difference(vm, container, start.first-response)"),
            high: 1
        )
        let samples = (0..<6).flatMap { replication in
            [(Platform.vm, 1.0), (.container, 3.0)].map {
                ClaimFixture.start(cell, seconds: $1, replication: replication, subject: "instance", platform: $0)
            }
        }
        let result = ClaimEvaluation.evaluate(claim: claim, dataset: ClaimFixture.dataset([cell], samples))
        #expect(result.verdict == .supported && result.estimate == -2)
    }
}
