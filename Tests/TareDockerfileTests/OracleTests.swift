import TareCore
import Testing

@testable import TareDockerfile

@Suite("the official parser agrees")
struct OracleTests {
    /// What both parsers must see alike.
    static func commands(_ nodes: [SyntaxNode]) -> [OfficialParser.Command] {
        nodes.map { node in
            let inner = node.effective
            // The module shows no heredocs of an instruction behind ONBUILD, though the parser reads them.
            let heredocs = node.nested.isEmpty ? node.heredocs : []
            let bodies = heredocs.map { $0.content + $0.name + "\n" }.joined()
            return OfficialParser.Command(
                keyword: node.keyword.text.uppercased(),
                nested: node.nested.first?.keyword.text.uppercased(),
                isJSON: inner.isJSON,
                original: node.original + (bodies.isEmpty ? "" : "\n" + bodies),
                firstLine: node.lines.lowerBound,
                lastLine: node.lines.upperBound,
                flags: node.flags.map(\.text),
                values: inner.values.map(\.text),
                heredocs: heredocs.map {
                    OfficialParser.Document(name: $0.name, descriptor: $0.descriptor, content: $0.content)
                }
            )
        }
    }

    /// Keywords in capitals; it gives one empty value to an instruction that it does not know.
    private static func comparable(_ command: OfficialParser.Command) -> OfficialParser.Command {
        var command = command
        command.keyword = command.keyword.uppercased()
        command.nested = command.nested?.uppercased()
        let inner = Keyword(command.nested ?? command.keyword)
        if inner == nil || (inner == .onBuild && command.values == [""]) { command.values = [] }
        return command
    }

    private func compare(_ files: [String]) throws -> [String] {
        var faults: [String] = []
        for (text, answer) in zip(files, try OfficialParser.answers(to: files)) {
            var diagnostics = DockerfileDiagnostics(file: "Dockerfile")
            let parser = SyntaxParser(text: text, diagnostics: &diagnostics)
            let mistake = diagnostics.combined
            if let expected = answer.commands?.map(Self.comparable) {
                let got = Self.commands(parser.nodes)
                if let mistake {
                    faults.append("\(text.debugDescription)\n  refused: \(mistake)")
                } else if got != expected {
                    let index = zip(got, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
                    faults.append(
                        "\(text.debugDescription)\n  ours   \(got.dropFirst(index).prefix(1))\n  theirs \(expected.dropFirst(index).prefix(1))"
                    )
                }
            } else if mistake == nil, let complaint = answer.complaint {
                faults.append("\(text.debugDescription)\n  accepted, theirs: \(complaint)")
            }
        }
        return faults
    }

    @Test(
        "random files have the same instructions, flags, values, heredocs and lines",
        .enabled(if: OfficialParser.isAvailable, "python's module dockerfile is missing: Scripts/install --tests"),
        arguments: [UInt64(1), 2, 3, 4])
    func randomFiles(seed: UInt64) throws {
        var generator = RandomDockerfile(seed: seed)
        let files = (0..<1500).map { _ in generator.text() }
        let faults = try compare(files)
        #expect(
            faults.count == 0, "\(faults.count) of \(files.count) differ:\n\(faults.prefix(3).joined(separator: "\n"))")
    }

    @Test(
        "the corpus has the same instructions, flags, values, heredocs and lines",
        .enabled(if: OfficialParser.isAvailable, "python's module dockerfile is missing: Scripts/install --tests"))
    func corpus() throws {
        let faults = try compare(Corpus.files.map(\.text))
        #expect(faults.count == 0, "\(faults.joined(separator: "\n"))")
    }
}
