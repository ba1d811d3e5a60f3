import TareCore
import TareExperiment
import Testing

@Suite struct EstimatesTests {
    private func sample(_ platform: Platform, _ replication: Int, _ value: Double, _ subject: String = "host") -> Sample
    {
        Sample(
            cell: "all", replication: replication, platform: platform, mode: .simulate, quantity: "mem.pss",
            unit: "bytes", subject: subject, value: value, evidence: platform == .vm ? .modelled : .measured)
    }

    private let cells = [Cell(id: "all", settings: [:], instances: 1)]

    @Test("median, interval and paired ratio of six replications by hand")
    func byHand() throws {
        let vm = [10.0, 14, 12, 20, 16, 18].enumerated().map { sample(.vm, $0.offset, $0.element) }
        let container = [5.0, 7, 4, 5, 8, 6].enumerated().map { sample(.container, $0.offset, $0.element) }
        let estimates = Estimates(container + vm, cells: cells)
        let row = try #require(estimates.rows.first)
        #expect(row.platform == .vm)
        #expect(row.n == 6)
        #expect(row.median == 15)
        #expect(row.interval == [10, 20])
        let pair = try #require(estimates.paired.first)
        // Ratios 2, 2, 3, 4, 2, 3 and differences 5, 7, 8, 15, 8, 12.
        #expect(pair.ratio == 2.5)
        #expect(pair.ratioInterval == [2, 4])
        #expect(pair.difference == 8)
        #expect(pair.differenceInterval == [5, 15])
        #expect(pair.evidence == .modelled)
    }

    @Test("pairs are made by replication, and an unpaired one is left out")
    func unpaired() throws {
        let samples = [sample(.vm, 0, 8), sample(.vm, 1, 100), sample(.container, 0, 2)]
        let pair = try #require(Estimates(samples, cells: cells).paired.first)
        #expect(pair.n == 1)
        #expect(pair.ratio == 4)
        #expect(pair.ratioInterval == nil)
    }

    @Test("a container's value of 0 gives a difference and no ratio")
    func zero() throws {
        let pair = try #require(Estimates([sample(.vm, 0, 8), sample(.container, 0, 0)], cells: cells).paired.first)
        #expect(pair.ratio == nil)
        #expect(pair.difference == 8)
    }

    @Test("single instances become one value a replication")
    func pooled() throws {
        let samples = (0..<3).map { sample(.vm, 0, Double($0), "instance:\($0)") } + [sample(.vm, 0, 9, "instance:web")]
        let rows = Estimates(samples, cells: cells).rows
        #expect(rows.map(\.subject) == ["instance", "instance:web"])
        #expect(rows.map(\.n) == [1, 1])
        #expect(rows.map(\.median) == [1, 9])
    }

    @Test("absent values are written as null")
    func nulls() throws {
        let text = try JSONText.encode(Estimates([sample(.vm, 0, 1)], cells: cells).rows[0], pretty: false)
        #expect(text.contains("\"interval\":null"))
        #expect(text.contains("\"owner\":null"))
    }
}
