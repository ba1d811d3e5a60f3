import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare init`: writes a commented scenario.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented scenario to begin with.",
        discussion: """
            Examples:
              tare init                  writes quick.yaml
              tare init claim --out shop.yaml
              tare init --list
            """
    )

    @Argument(help: "The template; `--list` shows all.")
    var template = "quick"

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String?

    @Flag(help: "List the templates.")
    var list = false

    @Flag(help: "Replace a file that is there.")
    var force = false

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        struct Row: Encodable {
            var name: String
            var summary: String
        }

        var file: String?
        var templates: [Row]
    }

    mutating func run() async throws {
        if list {
            let rows = ScenarioTemplate.all.map { Document.Row(name: $0.name, summary: $0.summary) }
            if output.json { return try Output.data(try JSONText.encode(Document(file: nil, templates: rows))) }
            var table = TextTable(["template", "what it asks"])
            for row in rows { table.add([row.name, row.summary]) }
            let plain = rows.map { "\($0.name)\t\($0.summary)" }.joined(separator: "\n")
            try Output.data(output.plain ? plain : table.text)
            return output.next("tare init quick")
        }
        guard let chosen = ScenarioTemplate.named(template) else {
            let names = ScenarioTemplate.all.map(\.name)
            let near = Suggestion.nearest(to: template, among: names)
            throw TareError(
                .usage,
                subject: template,
                "there is no such template",
                hint: near.map { "did you mean \($0)?" } ?? "one of: \(names.joined(separator: ", "))"
            )
        }
        let file = out ?? "\(chosen.name).yaml"
        guard force || !FileReading.exists(file) else {
            throw TareError(
                .exists,
                subject: file,
                "cannot write the scenario: there is such a file",
                hint: "choose another with --out, or replace it with --force"
            )
        }
        try AtomicFile.write(file, text: chosen.text)
        if output.json {
            let row = Document.Row(name: chosen.name, summary: chosen.summary)
            try Output.data(try JSONText.encode(Document(file: file, templates: [row])))
        } else {
            try Output.data(file)
        }
        output.next("tare run \(file)")
    }
}
