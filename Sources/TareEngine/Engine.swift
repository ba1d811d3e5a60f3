import TareCore
import TareImages
import TareLinux
import TareNetwork
import TareOCI
import TareRuntime

/// The engine core: containers from images, with networks and volumes, without a daemon.
///
/// Everything is in files below one state folder, and every process that opens it sees the same. A container is held by
/// its supervisor alone (`tare-shim`); what happens when it ends is done by the program that the supervisor becomes, and
/// again, harmlessly, by whoever waits for it. Each call blocks. Calls of many processes at once are safe: a container is
/// changed under its lock, and what a killed process left half done is finished or undone by `recover`.
///
///     let engine = try Engine(state: folders.state)
///     let id = try engine.create(image: "debian:12", arguments: ["sleep", "60"], options: ContainerOptions())
///     try engine.start(id)
///     try engine.stop(id)
///     try engine.remove(id)
public struct Engine: Sendable {
    /// How the engine is set up.
    public struct Settings: Sendable {
        /// How snapshots are kept.
        public var snapshots = ImageLibrary.SnapshotKind.overlay
        /// `crun` or `runc`.
        public var runtime = "crun"
        /// The program that supervisors become at the end, and its arguments before the id; empty for none.
        public var exitCommand: [String] = []
        /// The program that a supervisor starts for each health check, and its arguments before the id; empty for none.
        public var healthCommand: [String] = []
        /// What the networks are told about their surroundings.
        public var network = NetworkSettings()

        /// Overlay, crun, and nothing at the end.
        public init() {}
    }

    /// The state folder.
    public let state: String
    /// The images.
    public let images: ImageLibrary
    /// The volumes.
    public let volumes: VolumeStore
    /// The networks.
    public let networks: NetworkStore
    /// What happened.
    public let events: EventLog
    let settings: Settings
    let containers: ContainerStore

    /// Opens the engine of a state folder, making what is missing; repairs nothing yet.
    ///
    /// - Parameters:
    ///   - state: the state folder.
    ///   - settings: how it is set up.
    /// - Throws: `noPermission`, `unsupported` where the file system cannot hold snapshots; `TareError` with the errno.
    public init(state: String, settings: Settings = Settings()) throws(TareError) {
        self.state = state
        self.settings = settings
        images = try ImageLibrary(root: state + "/images", snapshots: settings.snapshots)
        containers = try ContainerStore(root: state + "/containers")
        volumes = try VolumeStore(root: state + "/volumes")
        networks = try NetworkStore(root: state + "/network", settings: settings.network)
        events = EventLog(path: state + "/events.jsonl")
    }

    /// The library with the snapshots that a container was made with.
    func library(of record: ContainerRecord) throws(TareError) -> ImageLibrary {
        guard record.snapshotter != images.snapshots.name else { return images }
        guard let kind = ImageLibrary.SnapshotKind(rawValue: record.snapshotter) else {
            throw TareError(
                .corrupt, subject: record.id.short, "its snapshots are of an unknown kind, \(record.snapshotter)")
        }
        return try ImageLibrary(root: state + "/images", snapshots: kind)
    }

    /// The driver of a runtime by name, with a state folder of this engine's own.
    func runtime(_ name: String) throws(TareError) -> any Runtime {
        switch name {
        case "crun": return try CrunRuntime(state: state + "/runtime/crun")
        case "runc": return try RuncRuntime(state: state + "/runtime/runc")
        default:
            throw TareError(.usage, subject: name, "there is no such runtime", hint: "use crun or runc")
        }
    }

    /// The key of a container's writable layer, and the id of the lease that keeps what it stands on.
    static func key(_ id: ContainerID) -> String { "container-\(id)" }
}
