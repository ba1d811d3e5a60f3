import TareCore
import TareTestSupport
import Testing

@testable import TareExperiment

@Suite("A verdict as a document")
struct ClaimDocumentTests {
    private struct Document: Encodable {
        var claims: [ClaimResult]
    }

    private func results() throws -> [ClaimResult] {
        let share = try Claim(
            DeclaredClaim(
                id: "os-share-disk",
                text: "the guest OS alone takes 60-70% of the disk",
                quantity: "share(os, disk.used)",
                band: [0.6, 0.7],
                scope: ["app": ["20MiB..512MiB"]]
            )
        )
        let memory = try Claim(
            DeclaredClaim(id: "mem", text: "a lot of memory", quantity: "share(os, mem.pss)", band: [0.3, 1])
        )
        let cells = ["20MiB", "512MiB", "4GiB"].map { ClaimFixture.cell(app: $0) }
        let disk = zip(cells, [950.0, 650, 100]).flatMap {
            ClaimFixture.shares($0, "disk.used", os: $1) + ClaimFixture.shares($0, "disk.wire", os: $1 / 2)
        }
        let once = ClaimFixture.shares(cells[0], "mem.pss", os: 650, evidence: .modelled)
        let dataset = ClaimFixture.dataset(cells, disk + once)
        var untestable = memory
        untestable.low = nil
        return [share, memory, untestable].map { ClaimEvaluation.evaluate(claim: $0, dataset: dataset) }
            + [ClaimEvaluation.evaluate(claim: share, cells: [])]
    }

    @Test(
        "every kind of verdict agrees with the published schema",
        .enabled(if: JSONSchemaCheck.isAvailable, "needs /usr/bin/python3 with the module jsonschema")
    )
    func schema() throws {
        let results = try results()
        #expect(Set(results.map(\.verdict)) == [.depends, .inconclusive, .untestable])
        let text = try JSONText.encode(Document(claims: results))
        let path = JSONSchemaCheck.path(of: "claim")
        let agreed = try JSONSchemaCheck.complaints(about: text, schema: path)
        #expect(agreed == "")
        // The schema does refuse: an unknown word and a missing key.
        let wrong = text.replacing("\"depends\"", with: "\"maybe\"").replacing("\"text\"", with: "\"txt\"")
        let complaints = try JSONSchemaCheck.complaints(about: wrong, schema: path)
        #expect(complaints.contains("maybe") && complaints.contains("'text' is a required property"))
    }

    @Test("the text of a verdict, to the letter")
    func golden() throws {
        let results = try results()
        #expect(results[0].text(width: 96) == ClaimDocumentTests.depends)
        #expect(results[1].text(width: 96) == ClaimDocumentTests.inconclusive)
    }

    @Test("a band that is open or next to nothing has its text too", arguments: [(0.0, 1.0), (1e-15, 0.5), (0, 0.3)])
    func edges(low: Double, high: Double) throws {
        var claim = try Claim(DeclaredClaim(id: "a", text: "b", quantity: "share(os, disk.used)", band: [0.6, 0.7]))
        claim.low = low
        claim.high = high
        let cell = ClaimFixture.cell()
        let dataset = ClaimFixture.dataset([cell], ClaimFixture.shares(cell, "disk.used", os: 200))
        let result = ClaimEvaluation.evaluate(claim: claim, dataset: dataset)
        #expect(result.verdict == .supported && result.boundary.contains("times the OS"))
    }

    private static let depends = """
        DEPENDS: the guest OS alone takes 60-70% of the disk
          share(os, disk.used, per=instance) probably is 60.0% to 70.0% only in part of the scope:
          inside in 1 of 2 cells (50%), below in 0, above in 1, on an edge in 0; median 80.0% over 2
          cells, range 65.0% to 95.0%.
          estimate    80.0% [65.0% to 95.0%]
          by used     DEPENDS: 80.0% [65.0% to 95.0%]; inside 1, below 0, above 1
          by wire     REFUTED-LOWER: 40.0% [32.5% to 47.5%]; inside 0, below 2, above 0
          boundary    holds only while the other data are 0.43 to 0.67 times the OS; with the 950 MiB of
                      cloud that is 407 MiB to 633 MiB; holds: flask on cloud (65.0%; 350 MiB beside 650
                      MiB); above: flask on cloud (95.0%; 50.0 MiB beside 950 MiB)
          scope       1 workload (flask) x 1 guest (cloud), n 1; 2 cells by disk.used (2 measured), each
                      weighs the same; app 20MiB to 512MiB (2 values)
          evidence    MEASURED 4 (cells)
          certainty   moderate: imprecise: 2 cells, too few for an interval of their median; range given
          to change   a narrower scope on one side of the boundary
        """

    private static let inconclusive = """
        INCONCLUSIVE: a lot of memory
          In the model, the data do not yet tell whether share(os, mem.pss, per=instance) is at least
          30.0%: too few runs for an interval in the one cell (6 runs a cell are needed); its value
          65.0%, no interval.
          estimate    65.0% [one value]
          by pss      INCONCLUSIVE: 65.0% [one value]; inside 0, below 0, above 0
          boundary    holds only while the other data are at most 2.33 times the OS; with the 650 MiB of
                      cloud that is at most 1.48 GiB
          scope       1 workload (flask) x 1 guest (cloud), n 1; 1 cell by mem.pss (1 modelled); app
                      20MiB
          evidence    MODELLED 1 (cells)
          certainty   low: indirect: not measured in the one cell; imprecise: too few runs for an
                      interval in the one cell
          to change   6 runs of the open cell, which had 1
        """
}
