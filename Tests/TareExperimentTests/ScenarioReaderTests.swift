import TareCore
import TareExperiment
import TareTestSupport
import Testing

@Suite struct ScenarioReaderTests {
    @Test(
        "each mistake is reported at its line and column, with what to do",
        arguments: BrokenScenario.table + BrokenScenario.edges)
    func broken(_ mistake: BrokenScenario) throws {
        let text = try #require(mistake.text)
        do {
            _ = try ScenarioReader.read(text: text, file: "x.yaml")
            Issue.record("a broken scenario was accepted")
        } catch {
            #expect(error.code.exitCode == .invalidInput)
            let lines = error.causes.map { "\($0.subject): \($0.message); \($0.hint ?? "")" }
            let place = "x.yaml:\(mistake.line):\(mistake.column): "
            #expect(lines.contains { $0.hasPrefix(place) && $0.contains(mistake.says) }, "\(lines)")
        }
    }

    @Test("the good scenario is read, and resolved for each of its cells")
    func good() throws {
        let scenario = try ScenarioReader.read(text: BrokenScenario.good, file: "x.yaml").scenario
        let cells = try scenario.cells()
        #expect(cells.map(\.id).first == "app=20MiB,n=1")
        #expect(cells.count == 6)
        let last = try #require(cells.last)
        let resolved = try scenario.resolved(for: last)
        #expect(resolved.instances == 2)
        #expect(resolved.services.first?.payload == .gibibytes(2))
        #expect(resolved.services.first?.memory == .mebibytes(256))
        #expect(resolved.services.first?.guest == .builtin("debian-12-cloud"))
        #expect(resolved.services.first?.ready == .http(path: "/health"))
    }

    @Test("comments and the order of keys do not change the hash; a value does")
    func hash() throws {
        let first = try ScenarioReader.read(text: BrokenScenario.good, file: "x").hash
        let moved = "name: shop\n# a comment\n" + BrokenScenario.good.split(separator: "name: shop\n").joined()
        #expect(try ScenarioReader.read(text: moved, file: "x").hash == first)
        let other = BrokenScenario.good.split(separator: "25min", omittingEmptySubsequences: false).joined(
            separator: "26min")
        #expect(try ScenarioReader.read(text: other, file: "x").hash != first)
    }

    @Test("all mistakes of a file are reported, in the order of their lines")
    func all() {
        let text = "tare: 1\nnam: x\nservices:\n  - { name: web, workload: flsk, guest: debian-12-cloud, memory: 4 }\n"
        do {
            _ = try ScenarioReader.read(text: text, file: "x")
            Issue.record("a broken scenario was accepted")
        } catch {
            #expect(error.causes.map(\.subject) == ["x:1:1", "x:2:1", "x:4:28", "x:4:66"])
        }
    }

    @Test(
        "what is not a scenario has its own message",
        arguments: [
            ("", "empty"), ("# only\n", "empty"), ("- a\n", "not a mapping"), ("a: [1", "not YAML"),
            ("tare: 1\n\tname: x\n", "tab"),
        ])
    func notOne(_ text: String, _ says: String) {
        do {
            _ = try ScenarioReader.read(text: text, file: "x")
            Issue.record("it was accepted")
        } catch {
            #expect(error.causes.contains { $0.message.contains(says) }, "\(error)")
        }
    }

    @Test("a bomb of aliases is refused without being unfolded")
    func bomb() {
        var text = "a: &a [x, x]\n"
        for level in 1...60 { text += "k\(level): &b\(level) [*b\(level - 1), *b\(level - 1)]\n" }
        text += "? *b60\n: 1\n? *b59\n: 2\n"
        let error = #expect(throws: TareError.self) { try ScenarioReader.read(text: text, file: "x") }
        #expect(error?.causes.first?.subject == "x:1:4")
    }

    @Test(
        "signs of anchors inside texts, comments and quotes are read as text",
        arguments: [
            "question: \"& *all* of it\"", "question: 'it''s *this* & that'", "question: R&D *now*",
            "question: |\n  *one*\n  &two", "# &a *b\nquestion: a # *b", "question: a - *b",
        ])
    func signs(_ line: String) throws {
        let text = BrokenScenario.good + "\n" + line + "\n"
        #expect(try ScenarioReader.read(text: text, file: "x").scenario.question != nil)
    }

    @Test("a byte order mark and carriage returns do not change what is read")
    func marks() throws {
        let plain = try ScenarioReader.read(text: BrokenScenario.good, file: "x").hash
        let marked = "\u{FEFF}" + BrokenScenario.good.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
        #expect(try ScenarioReader.read(text: marked, file: "x").hash == plain)
    }
}
