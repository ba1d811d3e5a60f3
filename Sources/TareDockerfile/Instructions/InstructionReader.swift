import TareCore

/// Checks one instruction that is no `FROM`.
struct InstructionReader {
    let node: SyntaxNode
    let keyword: Keyword
    let escape: Unicode.Scalar
    /// Whether it stands behind ONBUILD.
    var isNested = false

    var name: String { keyword.rawValue }

    /// The instruction's meaning, or `nil` where a mistake was reported.
    func read(into diagnostics: inout DockerfileDiagnostics) -> Instruction.Action? {
        do throws(SyntaxMistake) {
            return try action(into: &diagnostics)
        } catch {
            diagnostics.report(error.position, error.message, hint: error.hint)
            return nil
        }
    }

    private func action(into diagnostics: inout DockerfileDiagnostics) throws(SyntaxMistake) -> Instruction.Action? {
        switch keyword {
        case .add: return try transfer(into: &diagnostics).map { .add($0) }
        case .copy: return try transfer(into: &diagnostics).map { .copy($0) }
        case .run: return try run(into: &diagnostics).map { .run($0) }
        case .healthcheck: return try healthCheck(into: &diagnostics).map { .healthcheck($0) }
        default: _ = FlagTable(node, keyword, knows: [:], into: &diagnostics)
        }
        switch keyword {
        case .arg: return .arg(try arguments())
        case .cmd: return .cmd(command())
        case .entrypoint: return .entrypoint(command())
        case .env: return .env(try pairs())
        case .label: return .label(try pairs())
        case .expose: return .expose(try ports())
        case .maintainer: return .maintainer(try single("a name"))
        case .stopSignal: return .stopSignal(try single("a signal"))
        case .user: return .user(try single("a user"))
        case .workdir: return .workdir(try single("a folder"))
        case .volume: return .volume(try volumes())
        case .shell: return .shell(try shell())
        case .onBuild: return try onBuild(into: &diagnostics)
        default: return nil
        }
    }

    func mistake(_ message: String, hint: String? = nil) -> SyntaxMistake {
        SyntaxMistake(node.keyword.position, message, hint: hint)
    }

    /// A command in either form; an empty one clears what the base says.
    func command(_ words: ArraySlice<SyntaxWord>? = nil) -> CommandForm {
        let words = words ?? node.values[...]
        if node.isJSON { return .exec(words.map(\.text)) }
        return words.isEmpty ? .exec([]) : .shell(words.map(\.text).joined(separator: " "))
    }

    private func single(_ what: String) throws(SyntaxMistake) -> SyntaxWord {
        guard let word = node.values.first else { throw mistake("\(name) needs \(what)", hint: "write \(name) VALUE") }
        return word
    }

    private func arguments() throws(SyntaxMistake) -> [ArgumentDeclaration] {
        guard !node.values.isEmpty else {
            throw mistake("ARG needs a name", hint: "write ARG NAME or ARG NAME=default")
        }
        var found: [ArgumentDeclaration] = []
        for word in node.values {
            let scalars = Array(word.text.unicodeScalars)
            let equal = scalars.firstIndex(of: "=")
            let name = SyntaxWord(text: scalars[..<(equal ?? scalars.count)].text, position: word.position)
            if name.text.isEmpty { throw SyntaxMistake(word.position, "the name of an argument is empty") }
            var value: SyntaxWord?
            if let equal {
                value = SyntaxWord(text: scalars[(equal + 1)...].text, position: word.position)
                value?.position.column += equal + 1
                try checkExpands(value)
            }
            found.append(ArgumentDeclaration(name: name, value: value))
        }
        return found
    }

    private func pairs() throws(SyntaxMistake) -> [NameValue] {
        guard node.values.count >= 2 else {
            throw mistake("\(name) needs a name and a value", hint: "write \(name) NAME=value")
        }
        var found: [NameValue] = []
        for index in stride(from: 0, to: node.values.count - 1, by: 2) {
            let pair = NameValue(name: node.values[index], value: node.values[index + 1])
            if pair.name.text.isEmpty { throw SyntaxMistake(pair.name.position, "the name of a value is empty") }
            try checkExpands(pair.value)
            found.append(pair)
        }
        return found
    }

    private func ports() throws(SyntaxMistake) -> [SyntaxWord] {
        guard !node.values.isEmpty else { throw mistake("EXPOSE needs a port", hint: "write EXPOSE 80") }
        for word in node.values where !word.text.contains("$") && ExposedPorts(word.text) == nil {
            throw SyntaxMistake(
                word.position, "'\(word.text)' is no port", hint: "write 80, 80/udp or 8000-8010/tcp, from 1 to 65535")
        }
        return node.values
    }

    private func volumes() throws(SyntaxMistake) -> [SyntaxWord] {
        guard !node.values.isEmpty else { throw mistake("VOLUME needs a folder", hint: "write VOLUME /data") }
        if let word = node.values.first(where: { $0.text.allSatisfy { $0 == " " } }) {
            throw SyntaxMistake(word.position, "the path of a volume is empty")
        }
        return node.values
    }

    private func shell() throws(SyntaxMistake) -> [String] {
        guard node.isJSON, !node.values.isEmpty else {
            throw mistake("SHELL needs a JSON list", hint: #"write SHELL ["/bin/bash", "-c"]"#)
        }
        return node.values.map(\.text)
    }

    private func onBuild(into diagnostics: inout DockerfileDiagnostics) throws(SyntaxMistake) -> Instruction.Action? {
        guard let nested = node.nested.first else {
            throw mistake("ONBUILD needs an instruction", hint: "write ONBUILD RUN COMMAND")
        }
        guard let inner = Keyword(nested.keyword.text) else {
            let word = nested.keyword
            throw SyntaxMistake(word.position, StageReader.unknown(word.text), hint: StageReader.hint(word.text))
        }
        if [.onBuild, .from, .maintainer].contains(inner) {
            throw SyntaxMistake(nested.keyword.position, "\(inner.rawValue) cannot stand behind ONBUILD")
        }
        let reader = InstructionReader(node: nested, keyword: inner, escape: escape, isNested: true)
        guard reader.read(into: &diagnostics) != nil else { return nil }
        let bodies = nested.heredocs.map { "\n" + $0.content + $0.name }.joined()
        let text = [nested.original] + (bodies.isEmpty ? [] : [bodies])
        return .onBuild(text.joined().drop { $0 == " " || $0 == "\t" }.description)
    }

    /// Quotes and braces must close; whether a variable is set is seen when the stage is built.
    func checkExpands(_ word: SyntaxWord?) throws(SyntaxMistake) {
        guard let word else { return }
        do throws(ExpansionFailure) {
            _ = try WordExpansion(escape: escape, keepsUnset: true).resolve(word.text)
        } catch {
            var position = word.position
            position.column += error.offset
            throw SyntaxMistake(position, "in '\(word.text)': \(error.message)")
        }
    }
}
