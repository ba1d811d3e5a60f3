import ArgumentParser
import Glibc
import TareBuilder
import TareCatalog
import TareCore
import TareEngine
import TareGuests
import TareLinux
import TareOCI

/// `tare image base`: the Debian base that FROM names, from Debian's own packages.
struct ImageBase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "base",
        abstract: "Make a Debian base image from Debian's packages, as the claim check weighs it.",
        discussion: """
            Examples:
              tare image base
              tare image base --name registry.example/debian:12
              tare image build -t web Examples/dockerfiles/nginx

            The root is built once and cached; the image has one layer of it.
            """
    )

    @Option(help: "The image's name.")
    var name = "debian:12"

    @Option(help: "Another package source than this machine's own.")
    var mirror: String?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let name = try ImageReference(name).description
        let store = RootStore(cache: try StateFolders.current().roots, mirror: mirror)
        let root = try await store.root(base: .container, workload: nil) { Output.note("\($0.root): \($0.step)") }
        let folder = "\(engine.state)/base-\(getpid())"
        try FolderMaking.make(folder, mode: 0o700)
        defer {
            unlink(folder + "/root.tar")
            rmdir(folder)
        }
        let ending = try ChildProcess.run(
            "/usr/bin/env",
            [
                "tar", "--numeric-owner", "--sort=name", "--xattrs", "--xattrs-include=*", "-cf", folder + "/root.tar",
                "-C", root.path, ".",
            ]
        )
        guard ending.succeeded else {
            throw TareError(.cannotWrite, subject: folder, "cannot pack the root: \(ending.errors)")
        }
        var request = BuildRequest(context: folder)
        request.text = "FROM scratch\nADD root.tar /\nCMD [\"bash\"]\n"
        request.names = [name]
        let image = try await Builder(library: engine.images, folder: engine.state + "/build").build(request)
        engine.record(.image, "build", name, ["id": image.id.description])
        if json { return try Output.document(BuiltDocument(image, names: request.names)) }
        try Output.data(image.id.description)
        Output.note("next: tare image build -t web Examples/dockerfiles/nginx")
    }
}
