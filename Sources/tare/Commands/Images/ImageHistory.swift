import ArgumentParser
import TareCore
import TareEngine
import TareImages
import TareLinux
import TareOCI

/// `tare image history`: what made each layer.
struct ImageHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show an image's steps, newest first: which made a layer, and what it weighs.",
        discussion: """
            Examples:
              tare image history debian:12
              tare image history --json shop/web:1
            """
    )

    @Flag(help: "Whole lines.")
    var noTrunc = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "The image.")
    var image: String

    /// One step.
    struct Step: Encodable {
        var created: String?
        var createdBy: String
        var comment: String?
        /// Whether it changed no file, so that there is no layer.
        var isEmpty: Bool
        var layer: String?
        var wireBytes: Int64
        var allocatedBytes: Int64?
    }

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let steps = try Self.steps(try engine.images.image(image), engine.images)
        if json {
            struct Document: Encodable { var steps: [Step] }
            return try Output.document(Document(steps: steps))
        }
        var table = TextTable(["CREATED", "WIRE>", "ALLOCATED>", "STEP"])
        let now = HostClock.wallSeconds()
        for step in steps {
            let text = step.createdBy.replacing("\n", with: " ")
            table.add([
                step.created.map { AgeText.since($0, now: now) + " ago" } ?? "-",
                step.isEmpty ? "no layer" : ByteCount(step.wireBytes).description,
                step.allocatedBytes.map { ByteCount($0).description } ?? (step.isEmpty ? "" : "packed"),
                noTrunc || text.count <= 80 ? text : text.prefix(79) + "…",
            ])
        }
        try Output.data(table.text)
    }

    /// The steps, newest first; layers that the history does not tell of stand at the end.
    private static func steps(_ image: Image, _ library: ImageLibrary) throws(TareError) -> [Step] {
        var layers = Array(zip(image.manifest.layers, image.chain).reversed())
        var steps: [Step] = []
        func next(_ step: inout Step) throws(TareError) {
            guard !layers.isEmpty else { return }
            let (blob, key) = layers.removeFirst()
            step.layer = blob.digest.description
            step.wireBytes = blob.size
            if try library.snapshots.find(key.description) != nil {
                step.allocatedBytes = try library.snapshots.usage(key.description).allocated.bytes
            }
        }
        for line in (image.config.history ?? []).reversed() {
            let isEmpty = line.emptyLayer ?? false
            var step = Step(
                created: line.created, createdBy: line.createdBy ?? "", comment: line.comment, isEmpty: isEmpty,
                wireBytes: 0)
            if !isEmpty { try next(&step) }
            steps.append(step)
        }
        while !layers.isEmpty {
            var step = Step(createdBy: "not told", isEmpty: false, wireBytes: 0)
            try next(&step)
            steps.append(step)
        }
        return steps
    }
}
