import TareCore

/// Cuts a file into instructions: directives, comments, continued lines, heredocs, flags, values.
///
/// It goes on after a mistake, so that all of a file's mistakes are told at once.
struct SyntaxParser {
    private let lines: [SourceLine]
    private var next = 0
    let directives: Directives
    private(set) var nodes: [SyntaxNode] = []
    /// The places of empty lines inside continued instructions; the official parser warns of them.
    private(set) var emptyContinuations: [SourcePosition] = []

    init(text: String, diagnostics: inout DockerfileDiagnostics) {
        lines = SourceLine.split(text)
        directives = Directives.read(lines, into: &diagnostics)
        while next < lines.count { instruction(into: &diagnostics) }
        if nodes.isEmpty, diagnostics.isEmpty {
            diagnostics.report(
                SourcePosition(line: max(1, lines.count), column: 1), "the file has no instruction",
                hint: "begin with FROM and a base image")
        }
    }

    private mutating func instruction(into diagnostics: inout DockerfileDiagnostics) {
        guard let (line, first) = logicalLine() else { return }
        do throws(SyntaxMistake) {
            var node = try SyntaxNode.parse(line, 0..<line.scalars.count, escape: directives.escape)
            let takesHeredocs = ["ADD", "COPY", "RUN"].contains(node.effective.keyword.text.uppercased())
            if takesHeredocs, !node.effective.isJSON, line.scalars.text.contains("<<") {
                node.heredocs = try heredocs(announcedIn: line, diagnostics: &diagnostics)
                if !node.nested.isEmpty { node.nested[0].heredocs = node.heredocs }
            }
            node.lines = first...max(first, next)
            nodes.append(node)
        } catch {
            diagnostics.report(error.position, error.message, hint: error.hint)
        }
    }

    /// The next instruction's text with its continued lines, and its first line; `nil` for empty lines and comments.
    private mutating func logicalLine() -> (LogicalLine, Int)? {
        let line = lines[next]
        next += 1
        if line.isComment { return nil }
        var content = line.content
        while let first = content.first, first.isSpace { content.removeFirst() }
        var logical = LogicalLine()
        var (piece, goesOn) = continued(content)
        append(piece, of: line, to: &logical)
        if !goesOn, logical.scalars.isEmpty { return nil }
        while goesOn, next < lines.count {
            let line = lines[next]
            next += 1
            if line.isComment { continue }
            if line.content.allSatisfy(\.isSpace) {
                emptyContinuations.append(SourcePosition(line: line.number, column: 1))
                continue
            }
            (piece, goesOn) = continued(line.content)
            append(piece, of: line, to: &logical)
        }
        return (logical, line.number)
    }

    private func append(_ piece: ArraySlice<Unicode.Scalar>, of line: SourceLine, to logical: inout LogicalLine) {
        let column = piece.startIndex - line.scalars.startIndex + 1
        logical.append(piece, at: SourcePosition(line: line.number, column: column))
    }

    /// The line without its continuation, and whether it had one: an escape at the end that is not escaped itself.
    private func continued(_ line: ArraySlice<Unicode.Scalar>) -> (ArraySlice<Unicode.Scalar>, Bool) {
        var end = line.endIndex
        while end > line.startIndex, line[end - 1] == " " || line[end - 1] == "\t" { end -= 1 }
        guard end > line.startIndex, line[end - 1] == directives.escape else { return (line, false) }
        if end - 1 > line.startIndex, line[end - 2] == directives.escape { return (line, false) }
        return (line[line.startIndex..<(end - 1)], true)
    }

    private mutating func heredocs(
        announcedIn line: LogicalLine, diagnostics: inout DockerfileDiagnostics
    ) throws(SyntaxMistake) -> [Heredoc] {
        let expansion = WordExpansion(keepsUnset: true, keepsQuotes: true, keepsEscapes: true)
        guard let words = try? expansion.words(of: line.scalars.text) else { return [] }
        var found: [Heredoc] = []
        for word in words {
            var announced: Heredoc?
            do throws(ExpansionFailure) {
                announced = try Heredoc.announced(by: word)
            } catch {
                throw SyntaxMistake(line.position(at: 0), "in the heredoc '\(word)': \(error.message)")
            }
            guard var heredoc = announced else { continue }
            heredoc.firstLine = next + 1
            guard let content = body(of: heredoc) else {
                throw SyntaxMistake(
                    line.position(at: 0), "the heredoc '\(heredoc.name)' does not end",
                    hint: "end it with a line that holds only \(heredoc.name)")
            }
            heredoc.content = content
            found.append(heredoc)
        }
        return found
    }

    /// The lines up to the heredoc's name, or `nil` where the name does not come.
    private mutating func body(of heredoc: Heredoc) -> String? {
        var content = String.UnicodeScalarView()
        while next < lines.count {
            let line = lines[next]
            next += 1
            var candidate = line.content
            if heredoc.dropsTabs { while candidate.first == "\t" { candidate.removeFirst() } }
            if candidate.text.unicodeScalars.elementsEqual(heredoc.name.unicodeScalars) { return String(content) }
            content.append(contentsOf: line.scalars)
        }
        return nil
    }
}
