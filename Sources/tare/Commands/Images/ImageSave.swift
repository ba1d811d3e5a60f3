import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareImages
import TareLinux

/// `tare image save`: images into an archive.
struct ImageSave: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Write images as an archive that docker, podman and skopeo load.",
        discussion: """
            Examples:
              tare image save --output web.tar shop/web:1
              tare image save --format oci-archive -o both.tar shop/web:1 debian:12
              tare image save --format layout -o folder shop/web:1
              tare image save shop/web:1 | docker load
            """
    )

    @Option(name: .shortAndLong, help: "The file, or the folder of a layout; standard output where there is none.")
    var output: String?

    @Option(help: "docker-archive, oci-archive or layout.")
    var format = SaveFormat.dockerArchive

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Images.")
    var images: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        if let output, output != "-" {
            try engine.images.save(images, to: output, format: format)
        } else {
            guard format != .layout else {
                throw TareError(.usage, subject: "--format layout", "a folder needs --output")
            }
            let spool = PathText.join(engine.state, "output-\(getpid())-\(HostClock.boottimeNanoseconds())")
            defer { _ = unlink(spool) }
            let (names, format) = (images, format)
            try ArchiveTarget.write(to: nil) { (stream) throws(TareError) in
                try engine.images.save(names, to: spool, format: format)
                let file = try OwnedFileDescriptor(opening: spool)
                try StandardInput.copy(DescriptorStream(file.raw, subject: spool), to: stream)
            }
        }
        for name in images { engine.record(.image, "save", name) }
    }
}

extension SaveFormat: ExpressibleByArgument {}
