import TareCore
import Testing

@testable import TareExperiment

@Suite("Claims are decided by interval against band")
struct ClaimEvaluationTests {
    private let mebibyte = 1_048_576.0

    private func claim(_ low: Double? = 0.6, _ high: Double? = 0.7, workloads: [String] = []) -> Claim {
        Claim(
            id: "os-share-disk",
            text: "the guest OS alone takes 60-70% of the disk",
            quantity: QuantityExpression(function: .share(.os, .vm), quantity: "disk.used"),
            low: low,
            high: high,
            scope: Claim.Scope(workloads: workloads)
        )
    }

    private func cell(
        _ share: Double,
        workload: String = "flask",
        denominator: String = "used",
        interval: [Double]? = nil,
        evidence: Evidence = .measured
    ) -> ClaimResult.CellShare {
        ClaimResult.CellShare(
            workload: workload,
            guest: "minimal",
            denominator: denominator,
            share: share,
            interval: interval ?? [share, share],
            evidence: evidence,
            partBytes: share * 1000 * mebibyte,
            wholeBytes: 1000 * mebibyte
        )
    }

    @Test(
        "the 95% rule decides",
        arguments: [
            ([0.61, 0.62, 0.63, 0.64, 0.65, 0.66], ClaimResult.Verdict.supported),
            ([0.1, 0.2, 0.3, 0.1, 0.2, 0.3], .refutedLower),
            ([0.8, 0.9, 0.8, 0.9, 0.8, 0.9], .refutedHigher),
            ([0.5, 0.65, 0.9, 0.5, 0.65, 0.9], .depends),
            (Array(repeating: 0.65, count: 19) + [0.9], .supported),
            (Array(repeating: 0.65, count: 18) + [0.9, 0.9], .depends),
            ([0.6, 0.7], .supported),
            ([], .untestable),
        ]
    )
    func rule(shares: [Double], expected: ClaimResult.Verdict) {
        #expect(ClaimEvaluation.evaluate(claim: claim(), cells: shares.map { cell($0) }).verdict == expected)
    }

    @Test("a wide interval over an edge is inconclusive, a narrow one is not")
    func inconclusive() {
        let wide = (0..<6).map { _ in cell(0.68, interval: [0.6, 0.76]) }
        let result = ClaimEvaluation.evaluate(claim: claim(), cells: wide)
        #expect(result.verdict == .inconclusive && result.certainty == .moderate)
        let narrow = (0..<6).map { _ in cell(0.699, interval: [0.697, 0.702]) }
        #expect(ClaimEvaluation.evaluate(claim: claim(), cells: narrow).verdict == .depends)
    }

    @Test("without a band it is untestable and its value is shown")
    func untestable() {
        let result = ClaimEvaluation.evaluate(claim: claim(nil, nil), cells: [cell(0.5)])
        #expect(result.verdict == .untestable && result.band.isEmpty && result.estimate == 0.5)
    }

    @Test("the same disk is judged by each denominator, and the named one decides")
    func denominators() {
        let cells = [cell(0.65), cell(0.9, denominator: "virtual"), cell(0.2, denominator: "wire")]
        let result = ClaimEvaluation.evaluate(claim: claim(), cells: cells)
        #expect(result.verdict == .supported)
        #expect(result.denominators.map(\.denominator) == ["virtual", "used", "wire"])
        #expect(result.denominators.map(\.verdict) == [.refutedHigher, .supported, .refutedLower])
    }

    @Test("the boundary turns a band into payload bytes, with a cell on each side")
    func boundary() {
        let result = ClaimEvaluation.evaluate(claim: claim(), cells: [cell(0.65), cell(0.9, workload: "hello")])
        #expect(result.boundary.contains("0.43 to 0.67 times the OS"))
        #expect(result.boundary.contains("holds: flask on minimal (65.0%; 350 MiB beside 650 MiB)"))
        #expect(result.boundary.contains("above: hello on minimal"))
        // The end of the band is the share at that payload.
        let payload = BoundaryRule.payloadFactor(at: 0.7)
        #expect(abs(1 / (1 + payload) - 0.7) < 1e-12)
    }

    @Test("each weakness takes one step of certainty and is named")
    func certainty() {
        let measured = (0..<6).map { _ in cell(0.65) }
        #expect(ClaimEvaluation.evaluate(claim: claim(), cells: measured).certainty == .high)
        let modelled = (0..<6).map { _ in cell(0.65, evidence: .modelled) }
        let one = ClaimEvaluation.evaluate(claim: claim(), cells: modelled)
        #expect(one.certainty == .moderate && one.sentence.hasPrefix("In the model, "))
        #expect(one.sentence.contains("probably is 60.0% to 70.0%"))
        let noisy = ClaimConditions(noisyHost: "emulated", disagreement: "by 9%")
        let three = ClaimEvaluation.evaluate(claim: claim(), cells: modelled, conditions: noisy)
        #expect(three.certainty == .veryLow && three.reasons.count == 3)
        let partly = ClaimEvaluation.evaluate(claim: claim(workloads: ["flask", "redis"]), cells: measured)
        #expect(partly.reasons == ["extrapolated: no cell of redis"])
    }

    @Test("the text fits its width and carries every compulsory line")
    func text() {
        let cells = [cell(0.65), cell(0.9, workload: "hello"), cell(0.3, denominator: "wire")]
        let text = ClaimEvaluation.evaluate(claim: claim(), cells: cells).text(width: 72)
        #expect(text.hasPrefix("DEPENDS: "))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 72 })
        for part in ["by used", "by wire", "boundary", "MEASURED 3", "certainty", "to change"] {
            #expect(text.contains(part))
        }
    }

    @Test("a run's replications become a median with its interval")
    func dataset() {
        var samples: [Sample] = []
        for replication in 0..<8 {
            for (owner, value) in [(Owner.os, 640.0 + Double(replication)), (.app, 360 - Double(replication))] {
                samples.append(
                    Sample(
                        cell: "n=1",
                        replication: replication,
                        platform: .vm,
                        mode: .simulate,
                        quantity: "disk.used",
                        unit: "bytes",
                        subject: "instance",
                        owner: owner,
                        value: value,
                        evidence: .modelled
                    )
                )
            }
        }
        let dataset = Dataset(
            run: "r",
            scenarioText: "",
            scenarioHash: "",
            seed: 1,
            version: "0",
            machine: [:],
            startedAt: "",
            cells: [Cell(id: "n=1", settings: ["workload": "flask", "os": "minimal"], instances: 1)],
            samples: samples
        )
        let result = ClaimEvaluation.evaluate(claim: claim(), dataset: dataset)
        #expect(result.verdict == .supported && result.cells.count == 1)
        #expect(result.cells.first?.interval == [0.64, 0.647])
        #expect(abs((result.estimate ?? 0) - 0.6435) < 1e-12)
        let empty = ClaimEvaluation.evaluate(claim: claim(), cells: [])
        #expect(empty.verdict == .untestable && empty.certainty == .veryLow)
    }
}
