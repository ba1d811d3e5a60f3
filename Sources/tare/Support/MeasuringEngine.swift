import TareCore
import TareEngine
import TareImages
import TareLinux
import TareRunners

/// The engine as a measuring run uses it.
enum MeasuringEngine {
    /// A runner of real containers.
    ///
    /// - Parameters:
    ///   - content: splits layers by owner.
    ///   - folders: where state and roots are.
    /// - Returns: the runner.
    /// - Throws: `usage` where TARE_THREADS is no number.
    static func runner(
        _ content: ContentSource,
        folders: StateFolders
    ) throws(TareError) -> MeasuredContainerRunner {
        try MeasuredContainerRunner(
            opening: { (kind) throws(TareError) in try open(kind, state: folders.state) },
            images: WorkloadImages(cache: folders.roots) { Output.note("making the image: \($0)") },
            content: content
        )
    }

    /// Opens the engine of the state folder.
    ///
    /// Its supervisors run nothing at a container's end: the measuring process removes the container itself.
    static func open(_ kind: ImageLibrary.SnapshotKind = .overlay, state: String) throws(TareError) -> Engine {
        var settings = Engine.Settings()
        settings.snapshots = kind
        settings.runtime = Environment.nonEmpty("TARE_RUNTIME") ?? "crun"
        settings.network.hostNamespace = Environment.nonEmpty("TARE_NETNS")
        settings.network.helper = OwnProgram.beside("tare-net")
        return try Engine(state: state, settings: settings)
    }
}
