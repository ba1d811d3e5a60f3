import FoundationEssentials
import TareCore
import Testing

@testable import TareExperiment

@Suite("The public keys of a claim")
struct ClaimSchemaTests {
    /// Only what a schema needs here: types, required and known keys, one level of references.
    private struct Schema: Decodable {
        struct Object: Decodable {
            var required: [String]?
            var properties: [String: Ignored]?
        }
        struct Ignored: Decodable { init(from decoder: any Decoder) {} }
        var defs: Defs
        struct Defs: Decodable {
            var claim: Object
            var denominator: Object
            var cell: Object
        }
        enum CodingKeys: String, CodingKey { case defs = "$defs" }
    }

    private struct Keys: Decodable {
        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        var names: Set<String>
        init(from decoder: any Decoder) throws {
            names = Set(try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue))
        }
    }

    private func keys(_ value: some Encodable) throws -> Set<String> {
        try JSONText.decode(Keys.self, from: JSONText.encode(value), subject: "keys").names
    }

    @Test("every key that is written is in the schema, and every required key is written")
    func keys() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let text = try String(contentsOfFile: "/\(root)/Docs/schemas/claim.schema.json", encoding: .utf8)
        let schema = try JSONText.decode(Schema.self, from: text, subject: "claim.schema.json").defs
        let cell = ClaimResult.CellShare(
            workload: "flask",
            guest: "minimal",
            denominator: "used",
            share: 0.65,
            interval: [0.65, 0.65],
            evidence: .measured,
            partBytes: 65,
            wholeBytes: 100
        )
        let declared = DeclaredClaim(
            id: "a",
            text: "b",
            quantity: "share(os, disk.used)",
            band: [0.3, 1],
            scope: ["n": ["1..50"], "os": ["minimal"]]
        )
        let claim = try Claim(declared)
        #expect(claim.high == nil && claim.band == [0.3, 1] && claim.scope.instances == 1...50)
        let result = ClaimEvaluation.evaluate(claim: claim, cells: [cell])
        let row = try #require(result.denominators.first)
        for (written, object) in [
            (try keys(result), schema.claim), (try keys(row), schema.denominator), (try keys(cell), schema.cell),
        ] {
            #expect(written.isSubset(of: Set((object.properties ?? [:]).keys)))
            #expect(Set(object.required ?? []).isSubset(of: written))
        }
        #expect(result.verdict == .supported)
    }
}
