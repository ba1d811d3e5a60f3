import FoundationEssentials
import Testing

/// What readers copy from the pages is run as it stands there.
@Suite struct ExampleTests {
    @Test("each example prints what its transcript says")
    func transcripts() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.shell("'\(TareProgram.root)/Scripts/transcripts' --check '\(TareProgram.path)'")
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.messages)")
    }

    @Test("each example is numbered, has a transcript and under 60 lines")
    func shape() throws {
        let folder = "\(TareProgram.root)/Examples"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
            .sorted()
        #expect(names.count >= 5)
        for (index, name) in names.enumerated() {
            #expect(name.hasPrefix("0\(index + 1)-"))
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name.dropLast(5)).txt"))
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
        }
    }

    /// The claim check has tests of its own, and a folder to weigh is the reader's.
    @Test("the commands of README end with 0")
    func readme() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        _ = try tare.shell("ln -s '\(TareProgram.root)/Examples' Examples")
        let text = try String(contentsOfFile: "\(TareProgram.root)/README.md", encoding: .utf8)
        let lines = text.split(separator: "\n").filter {
            $0.hasPrefix("    tare ") && !$0.contains("/path/to") && !$0.contains("tare claim")
        }
        #expect(lines.count >= 3)
        for line in lines {
            let words = line.dropFirst(9).prefix { $0 != "#" }
            let outcome = try tare.run(String(words))
            #expect(outcome.code == 0, "\(words): \(outcome.messages)")
            #expect(!outcome.output.isEmpty)
        }
    }

    @Test("from an empty folder two commands give a first result")
    func twoCommands() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        #expect(try tare.run("init").code == 0)
        let run = try tare.run("run quick.yaml")
        #expect(run.code == 0)
        #expect(run.output.contains("VM / container"))
    }
}
