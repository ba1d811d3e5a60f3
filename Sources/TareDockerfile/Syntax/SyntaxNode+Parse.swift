extension SyntaxNode {
    /// Cuts an instruction into its keyword, flags and values.
    ///
    /// - Parameters:
    ///   - line: the joined lines.
    ///   - range: the part of it that is this instruction; all of it but behind ONBUILD.
    ///   - escape: what escapes.
    /// - Returns: the node, with the one behind ONBUILD inside.
    /// - Throws: `SyntaxMistake` where its values are not of the form that its keyword needs.
    static func parse(
        _ line: LogicalLine, _ range: Range<Int>, escape: Unicode.Scalar
    ) throws(SyntaxMistake) -> SyntaxNode {
        let whole = line.trimmed(range)
        var index = whole.lowerBound
        while index < whole.upperBound, !line.scalars[index].isSeparator { index += 1 }
        let name = whole.lowerBound..<index
        let keyword = SyntaxWord(text: line.text(name), position: line.position(at: name.lowerBound))
        var node = SyntaxNode(
            keyword: keyword, flags: [], values: [], isJSON: false, isLegacyPair: false, ignored: nil,
            original: line.text(range), lines: 1...1, heredocs: [], nested: [])
        var rest = FlagReader(line: line, range: index..<whole.upperBound)
        node.flags = rest.flags()
        let arguments = line.trimmed(rest.range)
        try node.readValues(line, arguments, escape: escape)
        return node
    }

    private mutating func readValues(
        _ line: LogicalLine, _ range: Range<Int>, escape: Unicode.Scalar
    ) throws(SyntaxMistake) {
        let reader = ValueReader(line: line, range: range, escape: escape)
        let found: ValueReader.Values
        switch Keyword(keyword.text) {
        case .env, .label: found = try reader.pairs(for: keyword.text)
        case .arg: found = ValueReader.Values(words: reader.quotedWords())
        case .cmd, .entrypoint, .run, .shell: found = try reader.jsonOrWhole()
        case .add, .copy, .volume: found = try reader.jsonOrWords()
        case .expose, .from: found = ValueReader.Values(words: reader.words())
        case .healthcheck: found = try reader.healthCheck()
        case .maintainer, .stopSignal, .user, .workdir: found = ValueReader.Values(words: reader.whole())
        case .onBuild:
            if !range.isEmpty { nested = [try SyntaxNode.parse(line, range, escape: escape)] }
            return
        case nil: return
        }
        values = found.words
        isJSON = found.isJSON
        isLegacyPair = found.isLegacyPair
        ignored = found.ignored
    }
}
