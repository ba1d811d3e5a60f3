import ArgumentParser
import TareCore
import TareEngine

/// `tare container create`: makes a container and starts nothing.
struct ContainerCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a container from an image without starting it.",
        discussion: """
            Examples:
              tare container create --name web -p 8080:80 tare/nginx
              tare container start web
            """,
        helpNames: [.long]
    )

    @OptionGroup var flags: ContainerFlags

    @Option(help: "Pull the image: missing, always or never.")
    var pull = PullChoice.missing

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags
    @OptionGroup var registry: RegistryFlags

    @Argument(help: "The image.")
    var image: String

    @Argument(parsing: .captureForPassthrough, help: "The command; the image's where there is none.")
    var command: [String] = []

    mutating func run() async throws {
        let options = try flags.options()
        let engine = try engineFlags.engine()
        try ImageFetching(engine: engine, registry: registry).ensure(image, pull)
        let id = try engine.create(image: image, arguments: command, options: options)
        try NamedWork.one(image, id.description, json: json)
    }
}
