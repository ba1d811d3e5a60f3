import FoundationEssentials
import TareCatalog
import TareCore
import Testing

@testable import TareWeigh

@Suite("WeighingDocument")
struct WeighingDocumentTests {
    private static let check = """
        import json, sys, jsonschema
        schema, document = [json.load(open(p)) for p in sys.argv[1:]]
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)
        for s in document.get("subjects", [document]):
            assert sum(o["used_bytes"] for o in s["owners"]) == s["weights"]["used_bytes"]
            assert abs(sum(o["share_of_used"] or 0 for o in s["owners"]) - 1) < 1e-9
        """

    private var schema: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Docs/schemas/weigh.schema.json"
    }

    @Test(
        "the documents of one and of several subjects keep to the schema",
        .enabled(if: TestTree.hasPython("jsonschema"), "python3-jsonschema checks the schema"),
        arguments: [1, 2], [true, false])
    func schema(subjects: Int, wire: Bool) throws {
        let tree = try TestTree([
            "/var/lib/dpkg/status": "Package: base\nVersion: 1\nStatus: install ok installed\nEssential: yes\n",
            "/var/lib/dpkg/info/base.list": "/bin/sh\n", "/bin/sh": "1", "/etc/x": "x", "/etc/y": "x",
        ])
        let result = try Weigher(measuresWire: wire).weigh(tree.root, workload: .flask)
        let equal = try Duplication.measure([.init(name: "a", path: tree.root)])
        let text =
            subjects == 1
            ? try JSONText.encode(WeighingDocument(result, hasWire: wire, duplication: equal))
            : try JSONText.encode(
                WeighingsDocument([.init(result, hasWire: wire), .init(result, hasWire: wire)], duplication: equal))
        let place = try TestTree(["/document.json": text])
        #expect(try TestTree.python(Self.check, schema, place.root + "/document.json") == 0)
        #expect(text.contains("\"wire_bytes\" : null") == !wire)
    }

    @Test("an empty directory is weighed as nothing")
    func empty() throws {
        let tree = try TestTree()
        let result = try Weigher().weigh(tree.root)
        #expect(result.weighing.weights.used == .zero)
        #expect(result.packageManager == nil)
        #expect(try JSONText.encode(WeighingDocument(result, hasWire: true)).contains("\"share_of_used\" : null"))
    }
}
