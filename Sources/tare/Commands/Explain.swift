import ArgumentParser
import TareCatalog
import TareCore

/// `tare explain`: what a word or a code means.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a word, an exit code or an error code.",
        discussion: """
            Examples:
              tare explain                 every word, by topic
              tare explain linked clone
              tare explain pss
              tare explain 65
            """
    )

    @Argument(help: "The word or the code; without one, all words are listed.")
    var term: [String] = []

    @Flag(help: "Print the whole vocabulary as a Markdown page.")
    var markdown = false

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var entries: [GlossaryEntry]
    }

    mutating func validate() throws {
        if markdown, output.json || output.plain || !term.isEmpty {
            throw ValidationError("--markdown prints everything, and no other format")
        }
    }

    mutating func run() throws {
        if markdown { return try Output.data(String(Glossary.markdown.dropLast())) }
        let word = term.joined(separator: " ")
        let entries = word.isEmpty ? Glossary.entries : Glossary.entries(for: word)
        guard !entries.isEmpty else {
            throw TareError(
                .usage,
                subject: word,
                "no such word in the vocabulary",
                hint: Glossary.suggestion(for: word).map { "did you mean \"\($0)\"?" }
                    ?? "`tare explain` lists all words"
            )
        }
        if output.json {
            try Output.data(JSONText.encode(Document(entries: entries)))
        } else if output.plain {
            try Output.data(entries.map { "\($0.term)\t\($0.topic.rawValue)\t\($0.meaning)" }.joined(separator: "\n"))
        } else if word.isEmpty {
            try Output.data(Self.list())
        } else {
            try Output.data(entries.map(Self.page).joined(separator: "\n\n"))
        }
        let onward = word.isEmpty ? "claim" : entries.lazy.flatMap(\.related).first
        output.next(onward.map { "tare explain \($0)" } ?? "tare explain")
    }

    /// The words by topic.
    private static func list() -> String {
        GlossaryEntry.Topic.allCases.map { topic in
            let words = Glossary.entries.filter { $0.topic == topic }.map(\.term)
            return ([topic.rawValue] + TextLines.wrapped(words.joined(separator: ", "), indent: "  ")).joined(
                separator: "\n")
        }.joined(separator: "\n")
    }

    /// One entry for people.
    private static func page(_ entry: GlossaryEntry) -> String {
        var lines = ["\(entry.term) (\(entry.topic.rawValue))"] + TextLines.wrapped(entry.meaning, indent: "  ")
        if !entry.aliases.isEmpty {
            lines += TextLines.wrapped("also: " + entry.aliases.joined(separator: ", "), indent: "  ")
        }
        if !entry.related.isEmpty {
            lines += TextLines.wrapped("see: " + entry.related.joined(separator: ", "), indent: "  ")
        }
        return lines.joined(separator: "\n")
    }
}
