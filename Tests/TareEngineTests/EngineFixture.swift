import FoundationEssentials
import Glibc
import TareCore
import TareImages
import TareLinux
import TareNetwork
import TareOCI
import TareTestSupport

@testable import TareEngine

/// An engine with a state folder and a network namespace of its own, which go with it.
final class EngineFixture {
    let engine: Engine
    let folder: String
    private let namespace: String

    /// Makes it, with an image `box:1` of a static busybox.
    init(_ change: (inout Engine.Settings) -> Void = { _ in }) throws {
        let name = "tare-engine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        folder = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        namespace = folder + "/host-netns"
        try NetworkNamespace.make(at: namespace) {}
        var settings = Engine.Settings()
        settings.network.hostNamespace = namespace
        change(&settings)
        engine = try Engine(state: folder + "/state", settings: settings)
        try BoxImage.store(in: engine.images, name: "box:1")
    }

    deinit {
        for summary in (try? engine.list()) ?? [] { try? engine.remove(summary.id, force: true, removesVolumes: true) }
        try? NetworkNamespace.remove(at: namespace)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Makes and starts a container that runs a shell line.
    func run(_ line: String, _ change: (inout ContainerOptions) -> Void = { _ in }) throws -> ContainerID {
        var options = ContainerOptions()
        options.network = "none"
        change(&options)
        let id = try engine.create(image: "box:1", arguments: ["sh", "-c", line], options: options)
        try engine.start(id)
        return id
    }

    /// What a container wrote, as one text.
    func output(_ id: ContainerID) throws -> String {
        var text = ""
        try engine.readLog(id) { text += $0.text }
        return text
    }

    static let canRun = TestGate.isRoot && access("/usr/bin/crun", X_OK) == 0 && access("/bin/busybox", X_OK) == 0
}
