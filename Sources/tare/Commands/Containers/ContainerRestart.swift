import ArgumentParser
import TareCore
import TareEngine

/// `tare container restart`: stop and start.
struct ContainerRestart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Stop containers and start them again.",
        discussion: """
            Examples:
              tare container restart web
            """
    )

    @Option(name: .shortAndLong, help: "Seconds to wait for the end.")
    var time: Double?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let time = time
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            try engine.restart(id, timeout: time)
            return nil
        }
    }
}
