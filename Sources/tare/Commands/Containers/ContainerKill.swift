import ArgumentParser
import TareCore
import TareEngine

/// `tare container kill`: a signal to the first process.
struct ContainerKill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "Send a signal to containers, SIGKILL by default.",
        discussion: """
            Examples:
              tare container kill web
              tare container kill --signal HUP web
            """
    )

    @Option(name: .shortAndLong, help: "The signal, by name or number.")
    var signal = "KILL"

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        guard let number = SignalName.number(signal) else {
            throw TareError(.usage, subject: "--signal \(signal)", "there is no such signal")
        }
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            try engine.kill(id, signal: number)
            return nil
        }
    }
}
