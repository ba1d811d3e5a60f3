import TareCore
import Testing

@testable import TareExperiment

@Suite("The scope of a claim")
struct ScopeTests {
    @Test(
        "values and ranges match quantities, whatever their unit",
        arguments: [
            ("20MiB..2GiB", "20MiB", true), ("20MiB..2GiB", "2048MiB", true), ("20MiB..2GiB", "4GiB", false),
            ("20MiB..2GiB", "19MiB", false), ("20MiB", "20480KiB", true), ("20MiB", "21MiB", false),
            ("1..50", "50", true), ("1..50", "51", false), ("1..50", "20MiB", false), ("minimal", "minimal", true),
            ("minimal", "cloud", false), ("100ms..2s", "1500ms", true), ("10%..20%", "15%", true),
        ]
    )
    func matches(text: String, setting: String, expected: Bool) throws {
        #expect(try ScopeValue(text, of: "x").matches(setting) == expected)
    }

    @Test(
        "a range that cannot be is refused with its name",
        arguments: [("2GiB..20MiB", "20MiB..2GiB"), ("20MiB..50", "both ends"), ("a..b", "both ends")]
    )
    func refused(text: String, hint: String) throws {
        let error = try #require(throws: TareError.self) { try ScopeValue(text, of: "app") }
        #expect(error.subject == "scope.app" && error.hint?.contains(hint) == true)
    }

    @Test("a scenario's scope picks cells by n, guest and payload, and names what it could not look at")
    func scenario() throws {
        let declared = try #require(
            ScenarioReader.read(text: ClaimFixture.scenario, file: "shop").scenario.claims.first)
        let claim = try Claim(declared)
        let cells = [1, 50].flatMap { n in
            ["cloud", "small"].flatMap { os in
                ["20MiB", "512MiB", "4GiB"].map { ClaimFixture.cell(n: n, os: os, app: $0) }
            }
        }
        // Outside the scope the share would refute it.
        let samples = cells.flatMap { cell in
            let isIn = cell.settings["os"] == "cloud" && cell.settings["app"] != "4GiB"
            return ClaimFixture.shares(cell, "disk.used", os: isIn ? 650 : 100)
        }
        let result = ClaimEvaluation.evaluate(claim: claim, dataset: ClaimFixture.dataset(cells, samples))
        #expect(result.verdict == .supported && result.cells.count == 4)
        #expect(result.cells.allSatisfy { $0.workload == "flask" && $0.guest == "cloud" })
        #expect(result.scope.contains("n 1..50") && result.scope.hasSuffix("; app 20MiB to 512MiB (2 values)"))
        // 2 GiB of payload were claimed and 512 MiB is the most that was looked at.
        #expect(result.reasons.contains("extrapolated: the cells do not reach both ends of app 20MiB..2GiB"))
    }

    @Test("a scope set in code holds for a run as well")
    func inCode() {
        let cells = [ClaimFixture.cell(n: 1), ClaimFixture.cell(n: 50), ClaimFixture.cell(n: 50, os: "small")]
        let samples = cells.flatMap { ClaimFixture.shares($0, "disk.used", os: $0.instances == 1 ? 650 : 100) }
        func verdict(_ scope: Claim.Scope) -> ClaimResult {
            let quantity = QuantityExpression(function: .share(.os, .vm), quantity: "disk.used")
            let claim = Claim(id: "a", text: "b", quantity: quantity, low: 0.6, high: 0.7, scope: scope)
            return ClaimEvaluation.evaluate(claim: claim, dataset: ClaimFixture.dataset(cells, samples))
        }
        #expect(verdict(Claim.Scope(instances: 1...1)).verdict == .supported)
        #expect(verdict(Claim.Scope(instances: 50...50)).verdict == .refutedLower)
        #expect(verdict(Claim.Scope(guests: ["small"])).cells.count == 1)
        #expect(verdict(Claim.Scope(workloads: ["redis"])).verdict == .untestable)
    }

    @Test("a guest that no cell has is named")
    func gap() throws {
        let declared = DeclaredClaim(
            id: "a",
            text: "b",
            quantity: "share(os, disk.used)",
            band: [0.6, 0.7],
            scope: ["os": ["cloud", "huge"], "n": ["1"]]
        )
        let cell = ClaimFixture.cell()
        let dataset = ClaimFixture.dataset([cell], ClaimFixture.shares(cell, "disk.used", os: 650))
        let result = ClaimEvaluation.evaluate(claim: try Claim(declared), dataset: dataset)
        #expect(result.verdict == .supported && result.reasons.contains("extrapolated: no cell of os huge"))
    }

    @Test("without a readable scenario the swept names have to do, and a payload is not a workload")
    func names() throws {
        let cell = ClaimFixture.cell()
        let dataset = ClaimFixture.dataset([cell], ClaimFixture.shares(cell, "disk.used", os: 650), text: "")
        let claim = try Claim(DeclaredClaim(id: "a", text: "b", quantity: "share(os, disk.used)", band: [0.6, 0.7]))
        let found = try #require(ClaimEvaluation.evaluate(claim: claim, dataset: dataset).cells.first)
        #expect(found.workload == cell.id && found.guest == "cloud")
    }
}
