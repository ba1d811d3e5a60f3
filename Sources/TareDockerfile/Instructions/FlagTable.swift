import TareCore

/// The flags of one instruction, checked against those that it has.
struct FlagTable {
    /// What a flag takes.
    enum Kind {
        /// One value, once.
        case text
        /// Nothing, or true or false.
        case truth
        /// One value, any number of times.
        case list
    }

    private var values: [String: [SyntaxWord]] = [:]
    private let keyword: Keyword

    /// Reads a node's flags; each that does not fit is a mistake of its own.
    init(_ node: SyntaxNode, _ keyword: Keyword, knows: [String: Kind], into diagnostics: inout DockerfileDiagnostics) {
        self.keyword = keyword
        for flag in node.flags {
            let parts = flag.text.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts.first.map(String.init) ?? ""
            guard let kind = knows[name] else {
                diagnostics.report(
                    flag.position, "\(keyword.rawValue) has no flag --\(name)", hint: Self.hint(name, keyword, knows))
                continue
            }
            if kind != .list, values[name] != nil {
                diagnostics.report(flag.position, "--\(name) is given twice", hint: "keep one of them")
                continue
            }
            var word = flag
            word.position.column += name.unicodeScalars.count + 3
            switch (kind, parts.count) {
            case (.truth, 1): word.text = "true"
            case (_, 1):
                diagnostics.report(flag.position, "--\(name) needs a value", hint: "write --\(name)=VALUE")
                continue
            default: word.text = String(parts[1])
            }
            if kind == .truth, word.text != "true", word.text != "false" {
                diagnostics.report(
                    word.position, "--\(name) is true or false, not '\(word.text)'", hint: "write --\(name)")
                continue
            }
            values[name, default: []].append(word)
        }
    }

    private static func hint(_ name: String, _ keyword: Keyword, _ knows: [String: Kind]) -> String {
        if let meant = Suggestion.nearest(to: name, among: knows.keys.sorted()) { return "did you mean --\(meant)?" }
        if knows.isEmpty { return "it takes no flags; quote the word where it is a value" }
        return "it has " + knows.keys.sorted().map { "--" + $0 }.joined(separator: ", ")
    }

    func text(_ name: String) -> SyntaxWord? { values[name]?.first }
    func truth(_ name: String) -> Bool? { values[name]?.first.map { $0.text == "true" } }
    func list(_ name: String) -> [SyntaxWord] { values[name] ?? [] }
}
