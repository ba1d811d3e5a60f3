import ArgumentParser
import TareCore
import TareEngine

/// `tare container unpause`: the freezer, undone.
struct ContainerUnpause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpause",
        abstract: "Let frozen containers go on.",
        discussion: """
            Examples:
              tare container unpause web
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            try engine.unpause(id)
            return nil
        }
    }
}
