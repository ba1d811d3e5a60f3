import ArgumentParser
import TareCore
import TareEngine

/// `tare volume inspect`: volumes with their containers.
struct VolumeInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of volumes, as JSON.",
        discussion: """
            Examples:
              tare volume inspect data
            """
    )

    @OptionGroup var engineFlags: EngineFlags

    @Flag(help: ArgumentHelp("The output is JSON always.", visibility: .hidden))
    var json = false

    @Argument(help: "Names.")
    var names: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let all = try VolumeRow.all(engine)
        let rows = try names.map { name throws(TareError) in
            guard let row = all.first(where: { $0.name == name }) else {
                let near = Suggestion.nearest(to: name, among: all.map(\.name)).map { "did you mean \($0)?" }
                throw TareError(
                    .notFound, subject: name, "there is no such volume", hint: near ?? "`tare volume ls` lists them")
            }
            return row
        }
        struct Document: Encodable { var volumes: [VolumeRow] }
        try Output.document(Document(volumes: rows))
    }
}
