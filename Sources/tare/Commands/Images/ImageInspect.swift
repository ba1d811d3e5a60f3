import ArgumentParser
import TareCore
import TareOCI

/// `tare image inspect`: names, manifest and configuration.
struct ImageInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of images, as JSON.",
        discussion: """
            Examples:
              tare image inspect debian:12
            """
    )

    @OptionGroup var engineFlags: EngineFlags

    @Flag(help: ArgumentHelp("The output is JSON always.", visibility: .hidden))
    var json = false

    @Argument(help: "Images.")
    var images: [String]

    /// One image: the documents are those of the image specification, unchanged.
    struct Row: Encodable {
        var id: String
        var names: [String]
        var target: Descriptor
        var descriptor: Descriptor
        var layerKeys: [String]
        var wireBytes: Int64
        var manifest: ImageManifest
        var config: ImageConfig

        enum CodingKeys: String, CodingKey {
            case id, names, target, descriptor, manifest, config
            case layerKeys = "layer_keys"
            case wireBytes = "wire_bytes"
        }
    }

    mutating func run() async throws {
        let library = try engineFlags.engine().images
        let records = try library.names.list()
        let rows = try images.map { word throws(TareError) in
            let image = try library.image(word)
            return Row(
                id: image.id.description,
                names: records.filter { $0.target.digest == image.target.digest }.map(\.name),
                target: image.target,
                descriptor: image.descriptor,
                layerKeys: image.chain.map(\.description),
                wireBytes: image.transferred.bytes,
                manifest: image.manifest,
                config: image.config
            )
        }
        struct Document: Encodable { var images: [Row] }
        // The specification's own keys are kept: no change of case here.
        try Output.data(try JSONText.encode(Document(images: rows)))
    }
}
