import ArgumentParser
import TareCore
import TareEngine
import TareRuntime

/// `tare container start`: starts containers that do not run.
struct ContainerStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start containers that were made or have ended.",
        discussion: """
            Examples:
              tare container start web
              tare container start --attach --interactive shell
            """
    )

    @Flag(name: .shortAndLong, help: "Show its output here and end with its exit code; one container only.")
    var attach = false

    @Flag(name: .shortAndLong, help: "Pass this process's input on; with --attach.")
    var interactive = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let requested = TareRuntime.StartMark.now(.requested)
        let engine = try engineFlags.engine()
        if attach {
            guard containers.count == 1 else { throw ValidationError("--attach takes one container") }
            let id = try engine.find(containers[0])
            var options = try engine.inspect(id).record.options
            options.hasInput = options.hasInput && interactive
            throw Ending(status: try Foreground(engine: engine, id: id, options: options).run(requested))
        }
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            try engine.start(id, requested: requested)
            return nil
        }
    }
}
