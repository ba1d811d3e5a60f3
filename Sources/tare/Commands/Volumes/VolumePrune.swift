import ArgumentParser
import TareCore
import TareEngine

/// `tare volume prune`: the end of all volumes that no container has.
struct VolumePrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove volumes without a name that no container has; with --all, the named ones too.",
        discussion: """
            Examples:
              tare volume prune --force
              tare volume prune --all --force
            """
    )

    @Flag(name: .shortAndLong, help: "Those with a name too.")
    var all = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        try Confirmation.ask(
            "remove \(all ? "all volumes" : "volumes without a name") that no container has?", unless: force)
        var removed: [String] = []
        for row in try VolumeRow.all(engine) where row.containers.isEmpty && (all || row.isAnonymous) {
            try engine.removeVolume(row.name)
            removed.append(row.name)
        }
        if json {
            struct Document: Encodable { var removed: [String] }
            return try Output.document(Document(removed: removed))
        }
        if !removed.isEmpty { try Output.data(removed.joined(separator: "\n")) }
    }
}
