import ArgumentParser
import TareCore
import TareEngine

/// `tare container prune`: the end of all containers that do not run.
struct ContainerPrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove all containers that do not run.",
        discussion: """
            Examples:
              tare container prune --force
              tare container prune --force --filter label=job
            """
    )

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Option(parsing: .singleValue, help: "As those of `ps`.")
    var filter: [String] = []

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    /// What `--json` prints.
    struct Document: Encodable {
        var removed: [String]
        var freedBytes: Int64
    }

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let filters = try filter.map { text throws(TareError) in try ContainerFilter(text) }
        try Confirmation.ask("remove all containers that do not run?", unless: force)
        var document = Document(removed: [], freedBytes: 0)
        for row in try engine.list()
        where row.status != .running && row.status != .paused && row.status != .changing {
            guard filters.allSatisfy({ $0.matches(row) }) else { continue }
            let size = try engine.writableUsage(row.id).allocated
            do throws(TareError) { try engine.remove(row.id) } catch {
                // Started or removed by somebody else meanwhile.
                if error.code == .invalid || error.code == .notFound { continue }
                throw error
            }
            document.removed.append(row.id.description)
            document.freedBytes += size.bytes
        }
        if json { return try Output.document(document) }
        for id in document.removed { try Output.data(id) }
        Output.note("freed \(ByteCount(document.freedBytes)) of writable layers")
    }
}
