import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareLinux
import TareRuntime

/// `tare container run`: makes a container and starts it, pulling its image where it is not here.
struct ContainerRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Make a container from an image and start it.",
        discussion: """
            Examples:
              tare container run --rm debian:12 cat /etc/os-release
              tare container run -it debian:12 bash
              tare container run -d --name web -p 127.0.0.1:8080:80 --memory 64m --cpus 0.5 tare/nginx

            Flags stand before the image, the command and its flags behind it. Ends with the command's exit code; 125 where
            the container could not be made, 126 where the command cannot be run, 127 where it is not there.
            """,
        helpNames: [.long]
    )

    @OptionGroup var flags: ContainerFlags

    @Flag(name: .shortAndLong, help: "Print its id and let it run.")
    var detach = false

    @Option(help: "Pull the image: missing, always or never.")
    var pull = PullChoice.missing

    @Option(help: "Write its id to this file, which must not be there.")
    var cidfile: String?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags
    @OptionGroup var registry: RegistryFlags

    @Argument(help: "The image.")
    var image: String

    @Argument(parsing: .captureForPassthrough, help: "The command; the image's where there is none.")
    var command: [String] = []

    mutating func validate() throws {
        if json && !detach { throw ValidationError("--json is for --detach: otherwise the output is the command's") }
    }

    mutating func run() async throws {
        let requested = TareRuntime.StartMark.now(.requested)
        var made: Made?
        var code: Int32 = 125
        do throws(TareError) {
            let container = try make()
            made = container
            code = try start(container, requested)
        } catch {
            Output.failure(error)
            if made != nil { code = Engine.exitCode(of: error) }
        }
        throw Ending(status: code)
    }

    /// A container that is made and not started.
    private struct Made {
        var engine: Engine
        var id: ContainerID
        var options: ContainerOptions
    }

    private func make() throws(TareError) -> Made {
        if let cidfile, FileReading.exists(cidfile) {
            throw TareError(.exists, subject: cidfile, "cannot write the id: the file is there already")
        }
        let options = try flags.options()
        let engine = try engineFlags.engine()
        try ImageFetching(engine: engine, registry: registry).ensure(image, pull)
        let id = try engine.create(image: image, arguments: command, options: options)
        if let cidfile { try AtomicFile.write(cidfile, text: id.description) }
        return Made(engine: engine, id: id, options: options)
    }

    private func start(_ made: Made, _ requested: TareRuntime.StartMark) throws(TareError) -> Int32 {
        let (engine, id, options) = (made.engine, made.id, made.options)
        if detach {
            do throws(TareError) { try engine.start(id, requested: requested) } catch {
                if options.removesItself { try? engine.remove(id) }
                throw error
            }
            try NamedWork.one(image, id.description, json: json)
            return 0
        }
        return try Foreground(engine: engine, id: id, options: options).run(requested)
    }
}
