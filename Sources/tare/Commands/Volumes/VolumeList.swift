import ArgumentParser
import TareCore
import TareEngine

/// `tare volume ls`: the volumes.
struct VolumeList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List volumes with their containers.",
        discussion: """
            Examples:
              tare volume ls
              tare volume ls --json
            """,
        aliases: ["list"]
    )

    @Flag(name: .shortAndLong, help: "Only names.")
    var quiet = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let rows = try VolumeRow.all(engine)
        if json {
            struct Document: Encodable { var volumes: [VolumeRow] }
            return try Output.document(Document(volumes: rows))
        }
        if quiet {
            if !rows.isEmpty { try Output.data(rows.map(\.name).joined(separator: "\n")) }
            return
        }
        var table = TextTable(["NAME", "KIND", "CREATED", "CONTAINERS>", "PLACE"])
        for row in rows {
            table.add([
                row.name, row.isAnonymous ? "anonymous" : "named", row.created, "\(row.containers.count)", row.path,
            ])
        }
        try Output.data(table.text)
    }
}
