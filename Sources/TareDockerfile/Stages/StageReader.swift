import TareCore

/// Puts checked instructions into stages, node by node.
struct StageReader {
    let escape: Unicode.Scalar
    private(set) var globalArguments: [ArgumentDeclaration] = []
    private(set) var stages: [Stage] = []
    private var sawFrom = false

    init(escape: Unicode.Scalar) { self.escape = escape }

    mutating func take(_ node: SyntaxNode, into diagnostics: inout DockerfileDiagnostics) {
        let word = node.keyword
        guard let keyword = Keyword(word.text) else {
            sawFrom = sawFrom || Suggestion.nearest(to: word.text, among: ["FROM"]) != nil
            diagnostics.report(word.position, Self.unknown(word.text), hint: Self.hint(word.text))
            return
        }
        if keyword == .from {
            sawFrom = true
            from(node, into: &diagnostics)
            return
        }
        if !sawFrom, keyword != .arg {
            diagnostics.report(
                word.position, "\(keyword.rawValue) stands before the first FROM",
                hint: "only ARG may; begin with FROM and a base image")
            sawFrom = true
        }
        let reader = InstructionReader(node: node, keyword: keyword, escape: escape)
        guard let action = reader.read(into: &diagnostics) else { return }
        if case .copy(let transfer) = action { checkSource(transfer.from, into: &diagnostics) }
        if !stages.isEmpty {
            stages[stages.count - 1].instructions.append(
                Instruction(
                    action: action, original: node.original, lines: node.lines, position: word.position))
        } else if case .arg(let arguments) = action {
            globalArguments += arguments
        }
    }

    func finish(into diagnostics: inout DockerfileDiagnostics) {
        guard !sawFrom, diagnostics.isEmpty else { return }
        diagnostics.report(
            SourcePosition(line: 1, column: 1), "the file has no FROM", hint: "name a base image, or FROM scratch")
    }

    private mutating func from(_ node: SyntaxNode, into diagnostics: inout DockerfileDiagnostics) {
        let flags = FlagTable(node, .from, knows: ["platform": .text], into: &diagnostics)
        let words = node.values
        guard let base = words.first else {
            diagnostics.report(
                node.keyword.position, "FROM needs a base image", hint: "name one, or write FROM scratch")
            return
        }
        var name: SyntaxWord?
        if words.count == 3, words[1].text.lowercased() == "as" {
            name = SyntaxWord(text: words[2].text.lowercased(), position: words[2].position)
            if !Self.isStageName(words[2].text.lowercased()) {
                diagnostics.report(
                    words[2].position, "'\(words[2].text)' is no name of a stage",
                    hint: "begin with a letter, then letters, digits, '-', '_' and '.'")
            }
        } else if words.count != 1 {
            diagnostics.report(
                words[1].position, "FROM takes a base image, or a base image AS a name",
                hint: "write FROM \(base.text) AS NAME")
        }
        stages.append(
            Stage(
                index: stages.count, base: base, name: name, platform: flags.text("platform"), instructions: [],
                original: node.original, position: node.keyword.position))
    }

    /// A stage that `--from` names by number must come before.
    private func checkSource(_ from: SyntaxWord?, into diagnostics: inout DockerfileDiagnostics) {
        guard let from else { return }
        if let number = Int(from.text), !(0..<max(0, stages.count - 1)).contains(number) {
            diagnostics.report(
                from.position, "there is no stage \(number) before this one",
                hint: "stages count from 0, and a stage can take from earlier ones only")
        } else if stages.last?.name?.text == from.text.lowercased(),
            !stages.dropLast().contains(where: { $0.name?.text == from.text.lowercased() })
        {
            diagnostics.report(
                from.position, "a stage cannot copy from itself", hint: "use RUN cp, or name another stage")
        }
    }

    private static func isStageName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
        return name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || "-_.".unicodeScalars.contains($0)
        }
    }

    static func unknown(_ word: String) -> String {
        word.isEmpty ? "nothing stands behind the line's continuation" : "there is no instruction '\(word)'"
    }

    static func hint(_ word: String) -> String? {
        if word.isEmpty { return "remove the escape at the end of the line" }
        let names = Keyword.allCases.map(\.rawValue)
        if let meant = Suggestion.nearest(to: word, among: names) { return "did you mean \(meant)?" }
        return
            "instructions are \(names.joined(separator: ", ")); a line goes on where the one before ends with an escape"
    }
}
