/// The parser directives at the top of a file: `# escape=` and its like.
public struct Directives: Hashable, Sendable {
    /// `# syntax=docker/dockerfile:1`; noted, since the parser is built in.
    public var syntax: String?
    /// `# check=skip=...;error=true`.
    public var check: String?
    /// What escapes and continues lines: a backslash, or a backtick.
    public var escape: Unicode.Scalar = "\\"

    static let names = ["syntax", "escape", "check"]

    /// Reads the directives up to the first line that is none.
    static func read(_ lines: [SourceLine], into diagnostics: inout DockerfileDiagnostics) -> Directives {
        var directives = Directives()
        var seen: Set<String> = []
        for line in lines {
            guard let (name, value, column) = parse(line.content) else { break }
            let position = SourcePosition(line: line.number, column: column)
            guard names.contains(name) else { continue }
            guard seen.insert(name).inserted else {
                diagnostics.report(position, "only one \(name) directive can be used", hint: "remove this one")
                continue
            }
            switch name {
            case "syntax": directives.syntax = value
            case "check": directives.check = value
            default:
                if value == "\\" || value == "`" {
                    directives.escape = value == "`" ? "`" : "\\"
                } else {
                    diagnostics.report(
                        position, "'\(value)' cannot escape", hint: "write # escape=\\ or # escape=`")
                }
            }
        }
        return directives
    }

    /// `# name = value` with its lower-case name and the value's column; `nil` where the line is something else.
    private static func parse(_ line: ArraySlice<Unicode.Scalar>) -> (name: String, value: String, column: Int)? {
        var index = line.startIndex
        func skipSpaces() { while index < line.endIndex, line[index].isSpace { index += 1 } }
        skipSpaces()
        guard index < line.endIndex, line[index] == "#" else { return nil }
        index += 1
        skipSpaces()
        let start = index
        while index < line.endIndex, line[index].isWordLetter { index += 1 }
        guard index > start, !("0"..."9").contains(line[start]) else { return nil }
        let name = line[start..<index].text.lowercased()
        skipSpaces()
        guard index < line.endIndex, line[index] == "=" else { return nil }
        index += 1
        skipSpaces()
        var end = line.endIndex
        while end > index, line[end - 1].isSpace { end -= 1 }
        guard end > index else { return nil }
        return (name, line[index..<end].text, index - line.startIndex + 1)
    }
}

extension Unicode.Scalar {
    /// A letter or digit of ASCII.
    var isWordLetter: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }
}
