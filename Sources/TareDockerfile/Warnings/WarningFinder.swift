/// Looks for what is allowed and probably not meant, and leaves out what `# check=skip=` names.
struct WarningFinder {
    private(set) var found: [Warning] = []
    private let file: Dockerfile

    static func find(in file: Dockerfile, nodes: [SyntaxNode], emptyLines: [SourcePosition]) -> [Warning] {
        var finder = WarningFinder(file: file)
        for position in emptyLines {
            finder.note(.noEmptyContinuation, position, "an empty line within a continued instruction")
        }
        finder.checkWriting(nodes)
        finder.checkStages()
        for stage in file.stages { finder.checkInstructions(of: stage) }
        for node in nodes { finder.checkNode(node) }
        let skipped = skippedRules(file.directives.check)
        return finder.found.filter { !skipped.contains($0.rule.rawValue) && !skipped.contains("all") }
            .sorted { ($0.position, $0.rule.rawValue) < ($1.position, $1.rule.rawValue) }
    }

    private init(file: Dockerfile) { self.file = file }

    mutating func note(_ rule: Warning.Rule, _ position: SourcePosition, _ message: String) {
        found.append(Warning(rule: rule, position: position, message: message))
    }

    /// The names in `skip=A,B;error=true`.
    private static func skippedRules(_ check: String?) -> Set<String> {
        for part in (check ?? "").split(separator: ";") where part.hasPrefix("skip=") {
            return Set(part.dropFirst(5).split(separator: ",").map { $0.filter { $0 != " " } })
        }
        return []
    }

    private mutating func checkWriting(_ nodes: [SyntaxNode]) {
        let words = nodes.map(\.keyword)
        let upper = words.filter { $0.text == $0.text.uppercased() }.count
        let wantsUpper = upper * 2 >= words.count
        for word in words {
            let wanted = wantsUpper ? word.text.uppercased() : word.text.lowercased()
            if word.text != wanted {
                note(.consistentInstructionCasing, word.position, "'\(word.text)' is '\(wanted)' elsewhere in the file")
            }
        }
        for node in nodes where Keyword(node.keyword.text) == .from && node.values.count == 3 {
            let name = node.values[2]
            if name.text != name.text.lowercased() {
                note(.stageNameCasing, name.position, "the stage '\(name.text)' should be in lower case")
            }
            let isUpper = node.keyword.text == node.keyword.text.uppercased()
            let word = node.values[1]
            if word.text != (isUpper ? word.text.uppercased() : word.text.lowercased()) {
                note(.fromAsCasing, word.position, "'\(node.keyword.text)' and '\(word.text)' are not written alike")
            }
        }
    }

    private mutating func checkNode(_ node: SyntaxNode) {
        if node.isLegacyPair {
            let keyword = node.keyword.text.uppercased()
            note(
                .legacyKeyValueFormat, node.keyword.position,
                "write \(keyword) name=value; the form without '=' is outdated")
        }
        if let ignored = node.effective.ignored {
            note(
                .ignoredAfterList, ignored.position,
                "'\(ignored.text)' stands behind a JSON list and is ignored; begin with a space-free '[[' or 'test' for a shell's test"
            )
        }
    }

    private mutating func checkStages() {
        var names: Set<String> = []
        let known = Set(file.globalArguments.map(\.name.text)).union(Self.platformNames)
        let withoutDefault = Set(file.globalArguments.filter { $0.value == nil }.map(\.name.text))
        for stage in file.stages {
            if let name = stage.name {
                if !names.insert(name.text).inserted {
                    note(.duplicateStageName, name.position, "another stage is called '\(name.text)' too")
                }
                if ["scratch", "context"].contains(name.text) {
                    note(.reservedStageName, name.position, "'\(name.text)' means something else as a base")
                }
            }
            for word in [stage.base, stage.platform].compactMap({ $0 }) {
                for name in Self.variables(in: word, escape: file.directives.escape) where !known.contains(name) {
                    note(.undefinedArgInFrom, word.position, "no ARG before the first FROM declares '\(name)'")
                }
            }
            let plain = Self.requiredVariables(in: stage.base.text)
            for name in plain where withoutDefault.contains(name) {
                note(
                    .invalidDefaultArgInFrom, stage.base.position,
                    "'\(name)' has no default, and the base is none without")
            }
            if let platform = stage.platform {
                if platform.text == "$TARGETPLATFORM" || platform.text == "${TARGETPLATFORM}" {
                    note(.redundantTargetPlatform, platform.position, "the target's platform is the default")
                } else if !platform.text.contains("$") {
                    note(.fromPlatformFlagConstDisallowed, platform.position, "a fixed platform overrides the caller's")
                }
            }
        }
    }

    static let platformNames: Set<String> = Set(
        BuildInputs(targetPlatform: "a/b", buildPlatform: "a/b").platformArguments.keys)

    static func variables(in word: SyntaxWord, escape: Unicode.Scalar) -> [String] {
        let outcome = try? WordExpansion(escape: escape, keepsUnset: true).resolve(word.text)
        return outcome?.unset.sorted() ?? []
    }

    /// The variables of a base that have no fallback of their own.
    private static func requiredVariables(in text: String) -> [String] {
        let outcome = try? WordExpansion(keepsUnset: true).resolve(text)
        return (outcome?.unset ?? []).filter { text.contains("${\($0)}") || text.contains("$" + $0) }.sorted()
    }
}
