import TareCatalog
import TareCore
import TareEngine
import TareExperiment
import TareImages
import TareLinux
import TareModel

/// N services as real containers of Tare's engine on this machine.
///
/// A replication asks for all containers at once, waits until each has given a real answer, weighs disk and memory, and
/// removes them. Replications wait for each other's end, also those of other processes: they would weigh one another.
public struct MeasuredContainerRunner: ServiceRunner {
    /// Container.
    public var platform: Platform { .container }
    /// Measured.
    public var mode: RunMode { .measure }

    /// Opens the engine with snapshots of a kind.
    public typealias Opening = @Sendable (ImageLibrary.SnapshotKind) throws(TareError) -> Engine

    private let opening: Opening
    private let images: any MeasuredImageSource
    private let content: ContentSource
    private let width: Int
    private let settling: Double

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - opening: opens the engine that runs the containers; called by each run, so that a check touches nothing.
    ///   - images: brings the services' images.
    ///   - content: splits layers by owner, and weighs the host's own system.
    ///   - width: starts at once; `nil` for as many as there are CPUs.
    ///   - settling: seconds between the last answer and the weighing.
    /// - Throws: `usage` where TARE_THREADS is no number.
    public init(
        opening: @escaping Opening, images: any MeasuredImageSource, content: ContentSource, width: Int? = nil,
        settling: Double = 0.2
    ) throws(TareError) {
        self.opening = opening
        self.images = images
        self.content = content
        if let width { self.width = width } else { self.width = try WorkerCount.current() }
        self.settling = settling
    }

    /// Refuses a cell whose services have no files to run, or that asks for an engine that this one is not.
    public func check(_ cell: Cell, of scenario: Scenario) throws(TareError) {
        let resolved = try scenario.resolved(for: cell)
        for service in resolved.services { try images.check(service) }
        _ = try Self.kind(resolved)
    }

    private static func kind(_ cell: ResolvedCell) throws(TareError) -> ImageLibrary.SnapshotKind {
        let storage = cell.container?.storage ?? "overlay"
        if let kind = ImageLibrary.SnapshotKind(rawValue: storage) { return kind }
        throw TareError(.unsupported, subject: "storage \(storage)", "the engine keeps no snapshots of this kind")
    }

    /// Runs one replication for real; see `ServiceRunner`.
    public func run(_ request: RunRequest) async throws(TareError) -> RunOutcome {
        let resolved = try request.scenario.resolved(for: request.cell)
        let engine = try opening(try Self.kind(resolved))
        let turn = try await BlockingWork.run { () throws(TareError) in try MeasuringTurn(state: engine.state) }
        defer { withExtendedLifetime(turn) {} }
        let left = try MeasuredOwner.removeLeftOvers(in: engine)
        var services: [ContainerTrial.Service] = []
        var contents: [ContentManifest?] = []
        for service in resolved.services {
            services.append(
                ContainerTrial.Service(
                    name: service.name, replicas: service.replicas,
                    image: try await images.image(of: service, in: engine.images),
                    memory: service.memory, timeout: service.readyTimeoutSeconds))
            contents.append(try? content.container(service))
        }
        let isCold = request.scenario.run.caches.first != .warm
        let trial = ContainerTrial(
            engine: engine, services: services, width: width, isCold: isCold, settling: settling,
            cell: request.cell.id)
        var found = try await BlockingWork.run { () throws(TareError) in try trial.run() }
        let place = "\(request.cell.id), container"
        found.warnings = found.warnings.map { "\(place): \($0)" }
        if left.removed > 0 {
            found.warnings.append("\(left.removed) containers of killed commands were removed before this replication")
        }
        if isCold {
            found.warnings.append(
                "measured containers start from images that are on this machine and not in its page cache: fetching and"
                    + " unpacking are not in their start")
        }
        let silent = found.instances.filter { $0.failure != nil }
        if let one = silent.first {
            let words = "\(silent.count) of \(found.instances.count) never answered: \(one.failure ?? "")"
            guard silent.count < found.instances.count else {
                throw TareError(
                    .timedOut, subject: place, words, hint: "see the service's own output with `tare container logs`")
            }
            found.warnings.append("\(place): \(words)")
        }
        let host = (try? content.weighing(base: ContentSource.hostBase, workload: nil)).map {
            ContentManifest(weighing: $0)
        }
        let disk = MeasuredDisk(found: found, contents: contents, host: host)
        return MeasuredSamples(found: found, disk: disk, request: request).written()
    }
}
