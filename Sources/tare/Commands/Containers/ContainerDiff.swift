import ArgumentParser
import TareCore
import TareEngine
import TareImages

/// `tare container diff`: what a container's writable layer changes.
struct ContainerDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what a container has changed against its image: A added, C changed, D deleted.",
        discussion: """
            Examples:
              tare container diff web
              tare container diff --json web
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    /// What `--json` prints.
    struct Document: Encodable {
        var changes: [PathChange]
        /// Bytes of the blocks of the writable layer.
        var writableAllocatedBytes: Int64
    }

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let id = try engine.find(container)
        let changes = try engine.changes(id)
        if json {
            let size = try engine.writableUsage(id).allocated.bytes
            return try Output.document(Document(changes: changes, writableAllocatedBytes: size))
        }
        let lines = changes.map { change in
            switch change.kind {
            case .added: "A " + change.path
            case .changed: "C " + change.path
            case .deleted: "D " + change.path
            }
        }
        if !lines.isEmpty { try Output.data(lines.joined(separator: "\n")) }
    }
}
