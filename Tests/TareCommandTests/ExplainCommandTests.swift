import TareCore
import Testing

@Suite struct ExplainCommandTests {
    @Test("a word, an exit code and the whole list fit the schema", arguments: ["", "linked clone", "65", "platform"])
    func schema(words: String) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("explain \(words) --json")
        #expect(outcome.code == 0)
        #expect(try tare.faults(of: outcome.output, schema: "explain") == "")
    }

    @Test("a word is explained on standard output, with one next command on standard error")
    func word() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("explain nitro")
        #expect(outcome.output.hasPrefix("nitro (the two stacks)\n  The hypervisor design of EC2"))
        #expect(outcome.messages == "next: tare explain hypervisor\n")
        let plain = try tare.run("explain 77 --plain -q")
        #expect(plain.output == "77\texit codes\tThe user may not do it.\n")
        #expect(plain.messages.isEmpty)
        #expect(try tare.run("explain wire").messages == "next: tare explain\n")
    }

    @Test("a misspelt word ends with 64 and the word that was meant")
    func suggestion() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("explain nitor")
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains("did you mean \"nitro\"?"))
    }
}
