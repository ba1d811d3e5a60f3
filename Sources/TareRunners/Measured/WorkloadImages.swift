import Glibc
import TareCatalog
import TareCore
import TareExperiment
import TareGuests
import TareImages
import TareLinux
import TareOCI

/// Images of the built-in workloads, made from the same roots that are weighed: the container base as one layer, what the
/// workload adds to it as a second one.
///
/// All workloads share the first layer, as images that begin with the same FROM do. An image is named after the digests of
/// its roots, so a root that was built anew gives a new image, and one that is there is not made again.
public struct WorkloadImages: MeasuredImageSource {
    private let roots: RootStore
    private let progress: @Sendable (String) -> Void

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - cache: the folder of built roots.
    ///   - mirror: another package source than the machine's own.
    ///   - progress: told what takes long.
    public init(
        cache: String, mirror: String? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        roots = RootStore(cache: cache, mirror: mirror)
        self.progress = progress
    }

    /// Refuses content that is numbers only, and added application data.
    public func check(_ service: ResolvedService) throws(TareError) {
        switch service.content {
        case .builtin(let id):
            guard Workload.builtin(id) != nil else {
                throw TareError(.notFound, subject: id, "no built-in workload has this name")
            }
        case .image(let path):
            guard FileReading.exists(path) else {
                throw TareError(.notFound, subject: path, "cannot run the image: it is not there")
            }
            guard service.ready != nil else {
                throw TareError(
                    .invalid, subject: service.name, "cannot tell when an image of your own is ready",
                    hint: "add `ready: \"GET /\"`, `PING`, `SELECT 1` or `output TEXT` to the service")
            }
        case .layers:
            throw TareError(
                .unsupported, subject: service.name, "cannot run layers that are given as numbers: they have no files",
                hint: "run it with `--mode simulate`, or give a built-in workload or an image")
        }
        guard service.payload == .zero else {
            throw TareError(
                .unsupported, subject: service.name, "cannot add application data to a container that is measured",
                hint: "run it with `--mode simulate`, or leave `payload` out")
        }
    }

    /// The image of a service; see `MeasuredImageSource`.
    public func image(
        of service: ResolvedService, in library: ImageLibrary
    ) async throws(TareError) -> MeasuredImage {
        try check(service)
        switch service.content {
        case .builtin(let id):
            guard let workload = Workload.builtin(id) else {
                throw TareError(.notFound, subject: id, "no built-in workload has this name")
            }
            return MeasuredImage(
                name: try await image(of: workload, in: library), readiness: service.ready ?? workload.readiness,
                port: workload.port)
        case .image(let path):
            guard let record = try library.load(path).first else {
                throw TareError(.invalid, subject: path, "the archive holds no image")
            }
            let ports = try library.image(record.name).config.config?.exposedPorts ?? []
            let port = ports.compactMap { Int($0.split(separator: "/").first ?? "") }.min()
            return MeasuredImage(name: record.name, readiness: service.ready ?? .output(""), port: port)
        case .layers: throw TareError(.unsupported, subject: service.name, "layers given as numbers have no files")
        }
    }

    /// The name of a workload's image, which is there afterwards.
    func image(of workload: Workload, in library: ImageLibrary) async throws(TareError) -> String {
        let progress = progress
        let base = try await roots.root(base: .container, workload: nil) { progress("\($0.root): \($0.step)") }
        let whole = try await roots.root(base: .container, workload: workload) { progress("\($0.root): \($0.step)") }
        let key = String(try SHA256.digest(of: "1 \(base.digest) \(whole.digest)").hex.prefix(12))
        let name = try ImageReference("localhost/tare/\(workload.id):\(key)").description
        if try library.names.find(name) != nil { return name }
        progress("image of \(workload.id)")
        return try await BlockingWork.run { () throws(TareError) in
            try Self.make(name, workload, base: base.path, whole: whole.path, in: library)
            return name
        }
    }

    private static func make(
        _ name: String, _ workload: Workload, base: String, whole: String, in library: ImageLibrary
    ) throws(TareError) {
        let lease = try library.content.lease("image of \(workload.id)")
        let bottom = try layer(in: library, parent: nil, lease: lease) { (target) throws(TareError) in
            try copy(base, ["."], to: target)
        }
        let difference = try RootDifference(from: base, to: whole)
        let top = try layer(in: library, parent: bottom.key, lease: lease) { (target) throws(TareError) in
            for path in difference.removed { try call(["rm", "-rf", "--", PathText.join(target, path)]) }
            try copy(whole, difference.changed, to: target)
        }
        var execution = ImageConfig.Execution()
        execution.command = workload.command
        execution.environment =
            ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
            + workload.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        execution.exposedPorts = workload.port.map { ["\($0)/tcp"] }
        let config = ImageConfig(
            config: execution, rootfs: .init(diffIDs: [bottom.layer.diffID, top.layer.diffID]),
            history: [
                .init(createdBy: "root file system of debian-12-container"),
                .init(createdBy: "packages and files of \(workload.id)"),
            ])
        try library.writeImage(
            config, layers: [bottom.layer.descriptor, top.layer.descriptor], name: name, lease: lease)
    }

    private static func layer(
        in library: ImageLibrary, parent: String?, lease: Lease, _ fill: (String) throws(TareError) -> Void
    ) throws(TareError) -> (layer: LayerSummary, key: String) {
        let key = "tare-image-\(getpid())-\(HostClock.boottimeNanoseconds())"
        try library.snapshots.prepare(key, parent: parent)
        do throws(TareError) {
            try lease.add(snapshot: key)
            let target = PathText.join(library.root, key)
            try FolderMaking.make(target)
            defer { rmdir(target) }
            try library.snapshots.mount(key, isVolatile: true).mount(at: target)
            do throws(TareError) { try fill(target) } catch {
                try? Mounts.unmount(target, lazily: true)
                throw error
            }
            try Mounts.unmount(target)
            return try library.commitLayer(key, lease: lease)
        } catch {
            try? library.snapshots.remove(key)
            throw error
        }
    }

    /// Copies entries with owners, times, links and attributes.
    private static func copy(_ root: String, _ paths: [String], to target: String) throws(TareError) {
        let list = target + ".list"
        try AtomicFile.write(list, Array(paths.joined(separator: "\0").utf8))
        defer { unlink(list) }
        let recursion = paths == ["."] ? "--recursion" : "--no-recursion"
        let flags = "--numeric-owner --xattrs --xattrs-include='*'"
        try call([
            "bash", "-c",
            "set -o pipefail; tar -C \"$1\" \(flags) \(recursion) --null -T \"$2\" -cf - | tar -C \"$3\" \(flags) -pxf -",
            "copy", root, list, target,
        ])
    }

    private static func call(_ words: [String]) throws(TareError) {
        let ending = try ChildProcess.run("/usr/bin/env", words)
        guard !ending.succeeded else { return }
        throw TareError(
            .cannotWrite, subject: words.last ?? "", "cannot make the image's layer",
            hint: String(ending.errors.split(separator: "\n").last ?? "see whether the disk is full"))
    }
}
