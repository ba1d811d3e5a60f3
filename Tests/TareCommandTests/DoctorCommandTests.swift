import TareCore
import Testing

@Suite struct DoctorCommandTests {
    @Test("doctor prints one JSON document that fits its schema, and nothing else")
    func schema() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("doctor --json")
        #expect(outcome.code == 0)
        #expect(try tare.faults(of: outcome.output, schema: "doctor") == "")
        #expect(try tare.faults(of: "{}", schema: "doctor") != "", "the validator itself must be able to fail")
        #expect(outcome.output.contains("\(tare.folder)/home"))
    }

    @Test("every line of the table begins with ok, warn or missing, and the abilities follow")
    func table() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("doctor")
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        let table = lines.prefix { !$0.isEmpty }
        #expect(table.count > 20)
        for line in table { #expect(["ok", "warn", "missing"].contains(line.prefix { $0 != " " }), "\(line)") }
        #expect(lines.dropFirst(table.count + 1).first == "What can be done here:")
        #expect(outcome.output.contains("  simulate      yes"))
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(outcome.messages == "next: tare claim\n")
    }
}
