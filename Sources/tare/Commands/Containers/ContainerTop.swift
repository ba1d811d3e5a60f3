import ArgumentParser
import TareCore
import TareEngine

/// `tare container top`: the processes of a container.
struct ContainerTop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "List the processes of a running container.",
        discussion: """
            Examples:
              tare container top web

            PID is the number on the host, INNER the one in the container; RESIDENT counts shared pages in each process.
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let rows = try engine.processes(try engine.find(container))
        if json {
            struct Document: Encodable { var processes: [ContainerProcess] }
            return try Output.document(Document(processes: rows))
        }
        var table = TextTable(["PID>", "INNER>", "PARENT>", "USER>", "STATE", "RESIDENT>", "CPU>", "COMMAND"])
        for row in rows {
            table.add([
                "\(row.pid)", "\(row.innerPid)", "\(row.parent)", "\(row.user)", row.state, row.resident.description,
                NumberText.seconds(row.cpu), row.command,
            ])
        }
        try Output.data(table.text)
    }
}
