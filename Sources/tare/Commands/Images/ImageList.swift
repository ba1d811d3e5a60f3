import ArgumentParser
import TareCore
import TareLinux

/// `tare image ls`: the images.
struct ImageList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List images: bytes on the wire, and blocks on the disk where they are unpacked.",
        discussion: """
            Examples:
              tare image ls
              tare image ls --filter reference=debian --json

            WIRE is what a pull transfers; ALLOCATED are the blocks of all its layers, those that it shares counted in full:
            `tare image df` tells shared and own apart.
            """,
        aliases: ["list"]
    )

    @Flag(name: .shortAndLong, help: "Only ids.")
    var quiet = false

    @Flag(help: "Whole ids.")
    var noTrunc = false

    @Option(name: .shortAndLong, parsing: .singleValue, help: "reference=, a part of the name.")
    var filter: [String] = []

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        var rows = try ImageRow.all(engine, measures: !quiet)
        for text in filter {
            guard text.hasPrefix("reference=") else {
                throw TareError(.usage, subject: "--filter \(text)", "not a filter", hint: "write reference=TEXT")
            }
            let wanted = text.dropFirst(10)
            rows = rows.filter { $0.name.contains(wanted) || $0.familiar.contains(wanted) }
        }
        if json {
            struct Document: Encodable { var images: [ImageRow] }
            return try Output.document(Document(images: rows))
        }
        if quiet {
            if !rows.isEmpty { try Output.data(rows.map { noTrunc ? $0.id : $0.shortID }.joined(separator: "\n")) }
            return
        }
        var table = TextTable(["NAME", "ID", "PLATFORM", "CREATED", "LAYERS>", "WIRE>", "ALLOCATED>", "CONTAINERS>"])
        let now = HostClock.wallSeconds()
        for row in rows {
            table.add([
                row.familiar, noTrunc ? row.id : row.shortID, row.platform,
                row.created.map { AgeText.since($0, now: now) + " ago" } ?? "-", "\(row.layers)",
                ByteCount(row.wireBytes).description, row.allocatedBytes.map { ByteCount($0).description } ?? "packed",
                "\(row.containers)",
            ])
        }
        try Output.data(table.text)
    }
}

extension ImageRow {
    /// The id as people see it: 12 digits.
    var shortID: String { String((id.split(separator: ":").last ?? "").prefix(12)) }
}
