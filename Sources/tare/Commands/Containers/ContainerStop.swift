import ArgumentParser
import TareCore
import TareEngine

/// `tare container stop`: stop signal, a wait, SIGKILL.
struct ContainerStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Ask containers to end, and end them where they do not.",
        discussion: """
            Examples:
              tare container stop web
              tare container stop --time 2 web db
            """
    )

    @Option(name: .shortAndLong, help: "Seconds to wait; those that it was made with by default.")
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
            try engine.stop(id, timeout: time)
            return nil
        }
    }
}
