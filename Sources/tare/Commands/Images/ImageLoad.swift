import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareImages
import TareLinux

/// `tare image load`: images out of an archive.
struct ImageLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Take images in from an OCI layout or a docker-archive: a folder, a tar, or standard input.",
        discussion: """
            Examples:
              tare image load debian.tar
              tare image load --name shop/web:1 layout/
              docker save debian:12 | tare image load -
            """
    )

    @Option(name: .shortAndLong, help: "The name to give; needed where the source names nothing.")
    var name: String?

    @Option(name: .shortAndLong, help: "The same as the argument, as docker has it.")
    var input: String?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "The archive or folder; - is standard input.")
    var source: String?

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        var path = source ?? input ?? "-"
        var spool: String?
        defer { if let spool { _ = unlink(spool) } }
        if path == "-" {
            // An archive is read twice over, so what comes by a pipe is kept for the while.
            path = try StandardInput.spool(in: engine.state)
            spool = path
        }
        let records = try engine.images.load(path, as: name)
        for record in records { engine.record(.image, "load", record.name) }
        if json {
            struct Document: Encodable { var names: [String] }
            return try Output.document(Document(names: records.map(\.name)))
        }
        for record in records { try Output.data(record.name) }
    }
}
