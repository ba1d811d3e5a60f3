import ArgumentParser
import TareCore
import TareEngine
import TareRuntime

/// `tare container attach`: the streams of a running container.
struct ContainerAttach: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Show what a running container writes from now on; Ctrl-P Ctrl-Q leaves it running.",
        discussion: """
            Examples:
              tare container attach web
            """
    )

    @Flag(help: "Do not pass this process's input on.")
    var noStdin = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let id = try engine.find(container)
        let options = try engine.inspect(id).record.options
        let connection = try engine.attach(id)
        SignalInbox.open()
        let loop = AttachLoop(
            hasInput: options.hasInput && !noStdin,
            hasTerminal: options.hasTerminal,
            onSignal: { try? engine.kill(id, signal: $0) }
        )
        switch try loop.run(connection) {
        case .ended(let code): throw Ending(status: code)
        case .left: return
        case .lost: throw Ending(status: try engine.wait(id))
        }
    }
}
