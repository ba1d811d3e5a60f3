import FoundationEssentials
import Glibc

/// Checks JSON documents against a schema of draft 2020-12 with python3-jsonschema, the judge that is not ours.
public enum JSONSchemaCheck {
    /// Whether /usr/bin/python3 finds the module; a test that needs it skips where it is missing.
    public static let isAvailable: Bool = {
        let output = scratch("probe")
        defer { unlink(output) }
        return PythonRun.run(["-c", "import jsonschema"], output: output) == 0
    }()

    /// What the validator says against a document; empty where it agrees with the schema.
    ///
    /// - Parameters:
    ///   - document: the JSON text.
    ///   - schema: the path of the schema.
    /// - Returns: a line a complaint, each with the path within the document.
    /// - Throws: where no file can be written in the folder for temporary files.
    public static func complaints(about document: String, schema: String) throws -> String {
        let input = scratch("document")
        let output = scratch("complaints")
        defer {
            unlink(input)
            unlink(output)
        }
        try Data(document.utf8).write(to: URL(filePath: input))
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator as V
            schema = json.load(open(sys.argv[1]))
            V.check_schema(schema)
            for e in V(schema).iter_errors(json.load(open(sys.argv[2]))): print(e.json_path, e.message)
            """
        let status = PythonRun.run(["-c", script, schema, input], output: output)
        let text = try String(contentsOfFile: output, encoding: .utf8)
        return status == 0 ? text : "the validator failed with status \(status): \(text)"
    }

    /// The path of a schema of this repository.
    ///
    /// - Parameter verb: the schema's name, `claim`.
    /// - Returns: the absolute path.
    public static func path(of verb: String) -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/Docs/schemas/\(verb).schema.json"
    }

    private static func scratch(_ name: String) -> String {
        let folder = FileManager.default.temporaryDirectory.path
        return "\(folder)/tare-\(getpid())-\(UInt64.random(in: 0 ... .max)).\(name)"
    }
}
