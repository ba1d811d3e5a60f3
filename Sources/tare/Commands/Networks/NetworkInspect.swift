import ArgumentParser
import TareCore
import TareNetwork

/// `tare network inspect`: networks with their containers.
struct NetworkInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of networks, as JSON.",
        discussion: """
            Examples:
              tare network inspect bridge
            """
    )

    @OptionGroup var engineFlags: EngineFlags

    @Flag(help: ArgumentHelp("The output is JSON always.", visibility: .hidden))
    var json = false

    @Argument(help: "Names.")
    var names: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let attachments = try engine.networks.attachments()
        struct Document: Encodable { var networks: [NetworkRow] }
        let rows = try names.map { name throws(TareError) in NetworkRow(try engine.networks.inspect(name), attachments)
        }
        try Output.document(Document(networks: rows))
    }
}
