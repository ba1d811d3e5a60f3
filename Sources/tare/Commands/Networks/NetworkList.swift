import ArgumentParser
import TareCore
import TareNetwork

/// `tare network ls`: the networks.
struct NetworkList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List networks.",
        discussion: """
            Examples:
              tare network ls
              tare network ls --json
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
        let attachments = try engine.networks.attachments()
        let rows = try engine.networks.list().map { NetworkRow($0, attachments) }
        if json {
            struct Document: Encodable { var networks: [NetworkRow] }
            return try Output.document(Document(networks: rows))
        }
        if quiet { return try Output.data(rows.map(\.name).joined(separator: "\n")) }
        var table = TextTable(["NAME", "KIND", "SUBNET", "SUBNET6", "INTERNAL", "CONTAINERS>"])
        for row in rows {
            table.add([
                row.name, row.kind, row.subnet ?? "-", row.subnet6 ?? "-", row.isInternal ? "yes" : "no",
                "\(row.containers.count)",
            ])
        }
        try Output.data(table.text)
    }
}
