import ArgumentParser
import TareCore
import TareEngine
import TareLinux

/// `tare container ps`: the containers.
struct ContainerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps",
        abstract: "List containers that run, or all.",
        discussion: """
            Examples:
              tare container ps
              tare container ps --all --filter status=exited
              tare container rm $(tare container ps -aq)
            """,
        aliases: ["ls", "list"]
    )

    @Flag(name: .shortAndLong, help: "Those that do not run too.")
    var all = false

    @Flag(name: .shortAndLong, help: "Only ids.")
    var quiet = false

    @Flag(help: "Whole ids and commands.")
    var noTrunc = false

    @Option(
        name: .shortAndLong, parsing: .singleValue, help: "status=, name=, label=, ancestor=, network=, health= or id=."
    )
    var filter: [String] = []

    @Option(name: [.customShort("n"), .long], help: "Only the newest, whatever they do.")
    var last: Int?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let filters = try filter.map { text throws(TareError) in try ContainerFilter(text) }
        let showsAll = all || last != nil || filter.contains { $0.hasPrefix("status=") }
        var rows = try engine.list().filter { row in
            (showsAll || row.status == .running || row.status == .paused) && filters.allSatisfy { $0.matches(row) }
        }
        if let last { rows = Array(rows.prefix(max(last, 0))) }
        if json {
            struct Document: Encodable { var containers: [ContainerSummary] }
            return try Output.document(Document(containers: rows))
        }
        if quiet {
            if !rows.isEmpty {
                try Output.data(rows.map { noTrunc ? $0.id.description : $0.id.short }.joined(separator: "\n"))
            }
            return
        }
        var table = TextTable(["CONTAINER", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAME"])
        let now = HostClock.wallSeconds()
        for row in rows {
            let command = row.command.joined(separator: " ")
            table.add([
                noTrunc ? row.id.description : row.id.short, row.image,
                noTrunc || command.count <= 24 ? command : command.prefix(23) + "…",
                AgeText.since(row.created, now: now) + " ago", Self.status(row, now: now),
                row.ports.map(\.description).joined(separator: ", "), row.name,
            ])
        }
        try Output.data(table.text)
    }

    /// `Up 3 minutes (healthy)`, `Exited (0) 2 hours ago`.
    private static func status(_ row: ContainerSummary, now: Int64) -> String {
        switch row.status {
        case .created: return "Created"
        case .changing: return "Changing"
        case .running, .paused:
            let note = row.status == .paused ? "paused" : row.health?.rawValue
            return "Up " + AgeText.since(row.started ?? "", now: now) + (note.map { " (\($0))" } ?? "")
        case .exited: return "Exited (\(row.exitCode ?? 0)) " + AgeText.since(row.finished ?? "", now: now) + " ago"
        }
    }
}
