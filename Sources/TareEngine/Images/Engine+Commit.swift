import TareCore
import TareImages
import TareLinux
import TareOCI
import TareRuntime

extension Engine {
    /// Makes an image of a container: its image's layers, and its writable layer as one more.
    ///
    /// Volumes are not in it. A container that changed nothing gives no layer, only a configuration.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - name: the image's name; `nil` leaves it to its digest, until a collection takes it.
    ///   - options: words and pause.
    /// - Returns: the image.
    /// - Throws: `corrupt` where it is written to meanwhile, which a pause prevents; `TareError` with the errno.
    public func commit(
        _ id: ContainerID,
        as name: String?,
        options: CommitOptions = CommitOptions()
    ) throws(TareError) -> Image {
        let reference = try name.map { text throws(TareError) in try ImageReference(text) }
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let state = try finishLocked(id)
        let record = try containers.folder(id).readRecord()
        let library = try library(of: record)
        let lease = try library.content.lease("commit \(record.name)")
        defer { withExtendedLifetime(lease) {} }
        let base = try library.image(record.manifest, name: record.image)
        let runtime = try runtime(record.runtime)
        let stops = options.pauses && state.phase == .started && !state.isPaused
        if stops { try runtime.pause(id.description) }
        defer { if stops { try? runtime.resume(id.description) } }
        let layer = try library.writeLayer(of: Self.key(id), lease: lease)
        var config = base.config
        config.created = HostClock.wallText()
        config.author = options.author ?? config.author
        config.config = execution(record, base.config.config)
        config.history = (config.history ?? []) + [step(record, options, isEmpty: layer.isEmpty)]
        var layers = base.manifest.layers
        if !layer.isEmpty {
            config.rootfs.diffIDs.append(layer.diffID)
            layers.append(layer.descriptor)
        }
        let target = try library.writeImage(config, layers: layers, name: reference?.description, lease: lease)
        let image = try library.image(target, name: reference?.description)
        let subject = reference?.description ?? image.id.description
        events.add(.container, "commit", id.description, ["name": record.name, "image": subject])
        return image
    }

    private func step(_ record: ContainerRecord, _ options: CommitOptions, isEmpty: Bool) -> ImageConfig.Step {
        var step = ImageConfig.Step()
        step.created = HostClock.wallText()
        step.createdBy = record.arguments.joined(separator: " ")
        step.comment = options.message
        step.author = options.author
        if isEmpty { step.emptyLayer = true }
        return step
    }

    /// What the image starts: as the container was started.
    private func execution(_ record: ContainerRecord, _ base: ImageConfig.Execution?) -> ImageConfig.Execution {
        var found = base ?? ImageConfig.Execution()
        found.entrypoint = record.options.entrypoint ?? base?.entrypoint
        found.command = Array(record.arguments.dropFirst(found.entrypoint?.count ?? 0))
        found.environment = record.environment.filter { !record.options.hasTerminal || !$0.hasPrefix("TERM=") }
        found.workingDirectory = record.workingFolder
        found.user = record.user.isEmpty ? nil : record.user
        found.exposedPorts = record.exposed.isEmpty ? nil : Set(record.exposed)
        found.labels = record.labels.isEmpty ? nil : record.labels
        return found
    }
}
