import ArgumentParser
import TareCore
import TareEngine
import TareOCI
import TareRegistry

/// `tare image pull`: an image out of a registry.
struct ImagePullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Bring an image from a registry; a pull that was cut goes on where it stopped.",
        discussion: """
            Examples:
              tare image pull 127.0.0.1:5000/shop/web:1
              tare image pull --certificates ca.pem registry.example/shop/web@sha256:...
            """
    )

    @Option(help: "Which one of an index: linux/amd64.")
    var platform: String?

    @Flag(name: .shortAndLong, help: "Print nothing but the digest.")
    var quiet = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags
    @OptionGroup var registry: RegistryFlags

    @Argument(help: "The image.")
    var image: String

    mutating func run() async throws {
        let wanted: ImagePlatform = try platform.map { text throws(TareError) in try PlatformText.read(text) } ?? .host
        let engine = try engineFlags.engine()
        let reference = try ImageReference(image)
        let bar = TransferLine(isQuiet: quiet || json)
        let found = try ImagePull(client: registry.client(), library: engine.images).run(reference, platform: wanted) {
            bar.show($0)
        }
        bar.end()
        engine.record(.image, "pull", reference.description, ["id": found.id.description])
        if json {
            return try Output.document(
                ImagePulled(
                    name: reference.description, id: found.id.description, digest: found.target.digest.description))
        }
        try Output.data(found.target.digest.description)
    }
}

/// What `pull --json` prints.
struct ImagePulled: Encodable {
    var name: String
    var id: String
    var digest: String
}
