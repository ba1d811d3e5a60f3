import ArgumentParser
import TareCore
import TareImages

/// `tare image df`: what images and containers take, by blocks.
struct ImageDiskUsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "df",
        abstract: "Show what images, layers and writable layers take on the disk, by blocks; shared and own apart.",
        discussion: """
            Examples:
              tare image df
              tare image df --json

            OWN is what removing the image would give back; SHARED is in layers that other images have too.
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func run() async throws {
        let usage = try engineFlags.engine().images.diskUsage()
        if json { return try Output.document(usage) }
        var table = TextTable(["IMAGE", "UNPACKED>", "SHARED>", "OWN>", "WIRE>"])
        for image in usage.images {
            table.add([
                image.names.joined(separator: ", "), image.unpacked.description, image.shared.description,
                image.unique.description, image.transferred.description,
            ])
        }
        try Output.data(table.text)
        var sums = TextTable(["ALL", "ALLOCATED>", "FILES>"])
        sums.add(["layers, each once", usage.layers.allocated.description, "\(usage.layers.inodes)"])
        sums.add(["  of no image", usage.unusedLayers.allocated.description, "\(usage.unusedLayers.inodes)"])
        sums.add(["writable layers", usage.writable.allocated.description, "\(usage.writable.inodes)"])
        sums.add(["packed blobs", usage.blobs.description, "\(usage.blobCount)"])
        try Output.data("\n" + sums.text)
    }
}
