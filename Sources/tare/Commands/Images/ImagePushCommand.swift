import ArgumentParser
import TareCore
import TareEngine
import TareOCI
import TareRegistry

/// `tare image push`: an image into a registry.
struct ImagePushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Bring an image to the registry in its name; layers that are there do not travel.",
        discussion: """
            Examples:
              tare image tag shop/web:1 127.0.0.1:5000/shop/web:1
              tare image push 127.0.0.1:5000/shop/web:1
            """
    )

    @Flag(name: .shortAndLong, help: "Print nothing but the digest.")
    var quiet = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags
    @OptionGroup var registry: RegistryFlags

    @Argument(help: "The image, by its name in the registry.")
    var image: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let reference = try ImageReference(image)
        let bar = TransferLine(isQuiet: quiet || json)
        let outcome = try ImagePush(client: registry.client(), library: engine.images).run(reference) { bar.show($0) }
        bar.end()
        engine.record(.image, "push", reference.description, ["digest": outcome.digest.description])
        if json { return try Output.document(outcome) }
        if !quiet {
            Output.note(
                "sent \(outcome.sent) of \(outcome.sent + outcome.present + outcome.mounted) blobs,"
                    + " \(ByteCount(outcome.sentBytes)); \(outcome.present) were there, \(outcome.mounted) were mounted"
            )
        }
        try Output.data(outcome.digest.description)
    }
}
