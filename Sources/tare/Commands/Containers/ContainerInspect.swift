import ArgumentParser
import TareCore
import TareEngine

/// `tare container inspect`: all that is known.
struct ContainerInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of containers, as JSON.",
        discussion: """
            Examples:
              tare container inspect web
            """
    )

    @OptionGroup var engineFlags: EngineFlags

    @Flag(help: ArgumentHelp("The output is JSON always.", visibility: .hidden))
    var json = false

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        struct Document: Encodable { var containers: [ContainerInspection] }
        let found = try containers.map { word throws(TareError) in try engine.inspect(try engine.find(word)) }
        try Output.document(Document(containers: found))
    }
}
