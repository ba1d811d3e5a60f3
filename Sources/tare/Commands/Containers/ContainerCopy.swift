import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareImages
import TareLinux

/// `tare container cp`: files into and out of a container.
struct ContainerCopy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cp",
        abstract: "Copy files between the host and a container, whether it runs or not.",
        discussion: """
            Examples:
              tare container cp page.html web:/var/www/
              tare container cp web:/etc/nginx ./nginx
              tare container cp web:/var/log - | tar -tf -
              tar -cf - site | tare container cp - web:/var/www

            A folder is copied into an existing folder, or as a new one; `folder/.` means what is in it. A link of the
            container's leads to where it would lead there, and never out of it.
            """
    )

    @Flag(
        name: .shortAndLong,
        help: "Keep owners; otherwise what is copied is root's in a container, and yours on the host.")
    var archive = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "CONTAINER:PATH, a path of the host, or - for a tar on standard input.")
    var source: String

    @Argument(help: "CONTAINER:PATH, a path of the host, or - for a tar on standard output.")
    var target: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let (from, to) = (CopyEnd(source), CopyEnd(target))
        let policy = LayerPolicy(devices: .make, keepsOwners: archive)
        switch (from, to) {
        case (.container(let word, let path), _):
            if case .container = to {
                throw TareError(
                    .usage, subject: target, "cannot copy from one container to another", hint: "copy by the host")
            }
            try engine.withFiles(of: try engine.find(word)) { (tree) throws(TareError) in
                try Self.copy(try tree.place(path), to, policy)
            }
        case (_, .container(let word, let path)):
            try engine.withFiles(of: try engine.find(word)) { (tree) throws(TareError) in
                try Self.copy(from, try tree.place(path), policy)
            }
        default:
            throw TareError(
                .usage, subject: "\(source) \(target)", "neither side is a container",
                hint: "write CONTAINER:PATH for one")
        }
    }

    /// Out of a container.
    private static func copy(_ source: TreePlace, _ to: CopyEnd, _ policy: LayerPolicy) throws(TareError) {
        guard source.kind != .nothing else {
            throw TareError(.notFound, subject: source.path, "the container has no such file or folder")
        }
        guard case .host(let path) = to else {
            return try ArchiveTarget.write(to: nil) { (stream) throws(TareError) in
                try TreeArchive.write(source.name, in: source.folder, to: stream)
            }
        }
        try CopyPlan(source, to: try TreePlace(host: path)).run(policy)
    }

    /// Into a container.
    private static func copy(_ from: CopyEnd, _ target: TreePlace, _ policy: LayerPolicy) throws(TareError) {
        guard case .host(let path) = from else {
            guard isatty(0) == 0 else {
                throw TareError(.usage, subject: "-", "a terminal is no archive", hint: "pipe a tar in")
            }
            let folder = try CopyPlan.folder(target)
            return try TreeArchive.unpack(
                DescriptorStream(0, subject: "standard input"), into: folder.raw, policy: policy)
        }
        let source = try TreePlace(host: path)
        guard source.kind != .nothing else {
            throw TareError(.notFound, subject: path, "there is no such file or folder")
        }
        try CopyPlan(source, to: target).run(policy)
    }
}
