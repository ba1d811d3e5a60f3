import ArgumentParser
import TareCore
import TareOCI

/// `tare image tag`: another name.
struct ImageTag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Give an image another name; a name that stands for another image moves.",
        discussion: """
            Examples:
              tare image tag shop/web:1 127.0.0.1:5000/shop/web:1
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "The image.")
    var image: String

    @Argument(help: "The new name.")
    var name: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let reference = try ImageReference(name)
        guard reference.digest == nil else {
            throw TareError(.usage, subject: name, "a digest cannot be given to an image", hint: "write NAME:TAG")
        }
        // A collection beside this must not take what has no name yet.
        let lease = try engine.images.content.lease("tag")
        let found = try engine.images.image(image)
        try lease.add(blob: found.target.digest)
        try engine.images.names.put(reference.description, found.target)
        engine.record(.image, "tag", reference.description, ["image": image])
        withExtendedLifetime(lease) {}
        if json { try NamedWork.one(image, reference.description, json: true) }
    }
}
