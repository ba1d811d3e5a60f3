import ArgumentParser
import TareCore
import TareEngine

/// `tare container pause`: the freezer.
struct ContainerPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Freeze all processes of containers.",
        discussion: """
            Examples:
              tare container pause web
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
            try engine.pause(id)
            return nil
        }
    }
}
