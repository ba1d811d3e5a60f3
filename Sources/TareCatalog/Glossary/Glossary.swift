import TareCore

/// The words of Tare, fixed once: `tare explain`, the lessons and Docs/Vocabulary.md all read them here.
public enum Glossary {
    /// Every entry, topic by topic.
    public static let entries: [GlossaryEntry] =
        stack + images + disks + diskWeights + memoryWeights + startMarks + owners + groups + evidence + verdicts + runs
        + exitCodes + errors

    /// The entries whose word or other spelling is `word`; case, blanks and underscores do not matter.
    ///
    /// A word can have more than one meaning: `platform` is an owner and a side of the comparison.
    /// - Complexity: O(entries).
    public static func entries(for word: String) -> [GlossaryEntry] {
        let wanted = folded(word)
        let exact = entries.filter { folded($0.term) == wanted }
        if !exact.isEmpty { return exact }
        return entries.filter { $0.aliases.contains { folded($0) == wanted } }
    }

    /// The spelling nearest to `word`, for "did you mean".
    public static func suggestion(for word: String) -> String? {
        Suggestion.nearest(to: word, among: entries.flatMap { [$0.term] + $0.aliases })
    }

    /// The whole vocabulary as a Markdown page: Docs/Vocabulary.md is exactly this.
    public static var markdown: String {
        var lines = [
            "# Vocabulary", "",
            "One meaning a word, the same in the code, in every output and in the lessons. This page is what",
            "`tare explain --markdown` prints; the words live in `Sources/TareCatalog/Glossary`, and a test compares the two.",
        ]
        for topic in GlossaryEntry.Topic.allCases {
            lines += ["", "## \(topic.rawValue.prefix(1).uppercased())\(topic.rawValue.dropFirst())", ""]
            for entry in entries where entry.topic == topic {
                var line = "- **\(entry.term)**: \(entry.meaning)"
                if !entry.aliases.isEmpty { line += " Also: \(entry.aliases.joined(separator: ", "))." }
                if !entry.related.isEmpty { line += " See \(entry.related.joined(separator: ", "))." }
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func folded(_ word: String) -> String {
        String(word.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    }
}
