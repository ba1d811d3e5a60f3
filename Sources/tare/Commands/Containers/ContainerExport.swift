import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareImages
import TareLinux

/// `tare container export`: all files as a tar.
struct ContainerExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all files of a container as a tar, without its volumes.",
        discussion: """
            Examples:
              tare container export --output web.tar web
              tare container export web | tar -tf -
            """
    )

    @Option(name: .shortAndLong, help: "The file; standard output where there is none.")
    var output: String?

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let id = try engine.find(container)
        try ArchiveTarget.write(to: output) { (stream) throws(TareError) in try engine.export(id, to: stream) }
    }
}
