import ArgumentParser
import TareCore
import TareEngine

/// `tare image rm`: names go, and what only they had.
struct ImageRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove images: their names, and the layers that nothing else has.",
        discussion: """
            Examples:
              tare image rm shop/web:1
              tare image rm --force 3f1b2c4d5e6f
            """
    )

    @Flag(name: .shortAndLong, help: "Remove all names of an id; go on where a container stands on it.")
    var force = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names or ids.")
    var images: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        var removed: [String] = []
        var failed: TareError?
        for word in images {
            do throws(TareError) { removed += try engine.removeImage(word, force: force) } catch {
                Output.failure(error)
                failed = failed ?? error
            }
        }
        if json {
            struct Document: Encodable { var removed: [String] }
            try Output.document(Document(removed: removed))
        } else {
            for name in removed { try Output.data("untagged: " + name) }
        }
        if let failed { throw Ending(code: failed.code.exitCode) }
    }
}
