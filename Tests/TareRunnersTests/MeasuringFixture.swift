import FoundationEssentials
import Glibc
import Synchronization
import TareCatalog
import TareCore
import TareEngine
import TareExperiment
import TareImages
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareRunners

/// An engine's state folder and network namespace of its own, and a runner on it; both go with the fixture.
final class MeasuringFixture: Sendable {
    let folder: String
    let namespace: String
    let runner: MeasuredContainerRunner

    /// Whether containers can be run here, and the words for where not.
    static let canRun = TestGate.isRoot && access("/usr/bin/crun", X_OK) == 0 && access("/bin/busybox", X_OK) == 0
    static let reason: Comment = "needs root, crun and busybox-static"

    init(command: [String] = BoxImages.server) throws {
        let name = "tare-measuring-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let folder = FileManager.default.temporaryDirectory.path + "/" + name
        let namespace = folder + "/host-netns"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try NetworkNamespace.make(at: namespace) {}
        self.folder = folder
        self.namespace = namespace
        runner = try MeasuredContainerRunner(
            opening: { (kind) throws(TareError) in try Self.open(folder, namespace, kind) },
            images: BoxImages(command: command), content: RunnerFixture.content, width: 2, settling: 0.05)
    }

    func engine() throws(TareError) -> Engine { try Self.open(folder, namespace, .overlay) }

    private static func open(
        _ folder: String, _ namespace: String, _ kind: ImageLibrary.SnapshotKind
    ) throws(TareError) -> Engine {
        var settings = Engine.Settings()
        settings.snapshots = kind
        settings.network.hostNamespace = namespace
        return try Engine(state: folder + "/state", settings: settings)
    }

    deinit { release() }

    /// Removes what it made when the process ends: for a fixture that a whole suite shares, which nobody lets go.
    func releaseAtExit() {
        Self.shared.withLock { $0.append(self) }
        atexit { MeasuringFixture.shared.withLock { $0 }.forEach { $0.release() } }
    }

    private static let shared = Mutex<[MeasuringFixture]>([])

    private func release() {
        if let engine = try? engine() {
            for summary in (try? engine.list()) ?? [] { try? engine.remove(summary.id, force: true) }
        }
        try? NetworkNamespace.remove(at: namespace)
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// A web server from Debian's static busybox in one layer, in place of every built-in workload.
struct BoxImages: MeasuredImageSource {
    static let server = ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/srv"]

    var command: [String]

    func check(_ service: ResolvedService) throws(TareError) {
        guard case .builtin(let id) = service.content, Workload.builtin(id) != nil else {
            throw TareError(.notFound, subject: service.workload, "no built-in workload has this name")
        }
    }

    func image(of service: ResolvedService, in library: ImageLibrary) async throws(TareError) -> MeasuredImage {
        let found = MeasuredImage(name: "localhost/box:1", readiness: .http(path: "/index.html"), port: 80)
        let name = try ImageReference(found.name).description
        if try library.names.find(name) != nil { return found }
        let lease = try library.content.lease("test")
        try library.snapshots.prepare("box", parent: nil)
        let target = library.root + "/box"
        try FolderMaking.make(target)
        try library.snapshots.mount("box").mount(at: target)
        for folder in ["bin", "srv", "dev", "proc", "sys", "etc", "tmp"] {
            try FolderMaking.make("\(target)/\(folder)")
        }
        try AtomicFile.write("\(target)/bin/busybox", try FileReading.bytes(at: "/bin/busybox"), mode: 0o755)
        try AtomicFile.write("\(target)/srv/index.html", text: "it answers\n")
        try AtomicFile.write("\(target)/etc/passwd", text: "root:x:0:0::/:/bin/sh\n")
        try Mounts.unmount(target)
        let layer = try library.commitLayer("box", lease: lease).layer
        var execution = ImageConfig.Execution()
        execution.command = command
        execution.exposedPorts = ["80/tcp"]
        try library.writeImage(
            ImageConfig(config: execution, rootfs: .init(diffIDs: [layer.diffID])), layers: [layer.descriptor],
            name: name, lease: lease)
        return found
    }
}
