import ArgumentParser
import TareCore
import TareEngine
import TareRuntime

/// `tare container exec`: a further process in a running container.
struct ContainerExec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command in a running container; ends with its exit code.",
        discussion: """
            Examples:
              tare container exec web nginx -t
              tare container exec -it web sh
            """
    )

    @Flag(name: .shortAndLong, help: "Let it run, and return.")
    var detach = false

    @Flag(name: .shortAndLong, help: "Pass this process's input on.")
    var interactive = false

    @Flag(name: .shortAndLong, help: "Give it a terminal.")
    var tty = false

    @Option(name: .shortAndLong, parsing: .singleValue, help: "A variable: NAME=value.")
    var env: [String] = []

    @Option(name: .shortAndLong, help: "User, by name or number, and group.")
    var user: String?

    @Option(name: .shortAndLong, help: "The folder that it starts in.")
    var workdir: String?

    @Flag(help: "Give it all that the host can give.")
    var privileged = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    @Argument(parsing: .captureForPassthrough, help: "The command.")
    var command: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let id = try engine.find(container)
        var options = Engine.ExecOptions()
        options.environment = env
        options.user = user
        options.workingFolder = workdir
        options.hasTerminal = tty
        options.hasInput = interactive
        options.isPrivileged = privileged
        if detach {
            _ = try engine.exec(in: id, command, options: options)
            return
        }
        let slot = ConnectionSlot()
        let folder = try engine.exec(in: id, command, options: options) { (folder) throws(TareError) in
            try slot.connect(folder)
        }
        let loop = AttachLoop(hasInput: interactive, hasTerminal: tty)
        let ending = try slot.use { (connection) throws(TareError) in try loop.run(connection) }
        switch ending {
        case .ended(let code): throw Ending(status: code)
        case .left: return
        case .lost: throw Ending(status: try folder.waitForExit(timeout: 10).code)
        }
    }
}
