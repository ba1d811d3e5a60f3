import ArgumentParser
import TareCore
import TareImages

/// `tare image prune`: what nothing needs goes.
struct ImagePrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove layers and blobs that no image and no container needs; with --all, unused images too.",
        discussion: """
            Examples:
              tare image prune
              tare image prune --all --force
              tare image prune --drop-packed --force
            """
    )

    @Flag(name: .shortAndLong, help: "Remove images on which no container stands, too.")
    var all = false

    @Flag(help: "Remove packed layers that are unpacked as well: less disk, but no push or save without a new pull.")
    var dropPacked = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    /// What `--json` prints.
    struct Document: Encodable {
        var untagged: [String]
        var collected: CollectionReport
    }

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        if all || dropPacked {
            let what = all ? "all images on which no container stands" : "packed layers, which a push and a save need"
            try Confirmation.ask("remove \(what)?", unless: force)
        }
        var untagged: [String] = []
        if all {
            for row in try ImageRow.all(engine, measures: false) where row.containers == 0 {
                untagged += try engine.removeImage(row.name, force: true)
            }
        }
        let report = try engine.images.collect(keepsPackedLayers: !dropPacked)
        if json { return try Output.document(Document(untagged: untagged, collected: report)) }
        for name in untagged { try Output.data("untagged: " + name) }
        try Output.data("layers removed: \(report.snapshots)\nblobs removed: \(report.blobs), \(report.blobBytes)")
    }
}
