import ArgumentParser
import TareCore
import TareEngine

/// `tare container commit`: an image of a container.
struct ContainerCommit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Make an image of a container: its image's layers and one of what it has changed.",
        discussion: """
            Examples:
              tare container commit web shop/web:patched
              tare container commit --message "one more page" --author ann web shop/web:2
            """
    )

    @Option(name: .shortAndLong, help: "Who made it.")
    var author: String?

    @Option(name: .shortAndLong, help: "What was done.")
    var message: String?

    @Flag(inversion: .prefixedNo, help: "Let a running container stand still meanwhile.")
    var pause = true

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    @Argument(help: "The image's name.")
    var name: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        var options = CommitOptions()
        options.author = author
        options.message = message
        options.pauses = pause
        let image = try engine.commit(try engine.find(container), as: name, options: options)
        if json {
            let digest = image.target.digest.description
            return try Output.document(ImagePulled(name: image.name ?? "", id: image.id.description, digest: digest))
        }
        try Output.data(image.id.description)
    }
}
