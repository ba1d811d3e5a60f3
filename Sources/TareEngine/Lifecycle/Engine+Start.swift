import Glibc
import TareCore
import TareImages
import TareLinux
import TareNetwork
import TareRuntime

extension Engine {
    /// Starts a container that does not run.
    ///
    /// What a run needs is made now and given back by `finish`: the mount of its root, its place in the network, its
    /// bundle. Where a step fails, the earlier ones are undone.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - requested: when the user asked; `nil` is the moment of the call.
    ///   - attaching: called once a client may connect and before anything runs; must connect one.
    /// - Throws: `exists` where it runs already; `unavailable` for a port that somebody has; `notFound` for its program.
    public func start(
        _ id: ContainerID,
        requested: TareRuntime.StartMark? = nil,
        attaching: ((SupervisorFolder) throws(TareError) -> Void)? = nil
    ) throws(TareError) {
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        try finishLocked(id)
        let folder = containers.folder(id)
        var state = try folder.readState()
        guard state.phase != .started else {
            throw TareError(.exists, subject: id.short, "the container runs already")
        }
        state.wasStopped = false
        state.restarts = 0
        state.streak = 0
        try startLocked(id, state, requested: requested ?? .now(.requested), attaching: attaching)
    }

    /// Starts under the container's lock, from a state that does not run.
    func startLocked(
        _ id: ContainerID,
        _ before: ContainerState,
        requested: TareRuntime.StartMark,
        attaching: ((SupervisorFolder) throws(TareError) -> Void)? = nil
    ) throws(TareError) {
        let folder = containers.folder(id)
        let record = try folder.readRecord()
        var state = before
        var undo = UndoList()
        do throws(TareError) {
            state.failure = nil
            state.exitCode = nil
            state.finished = nil
            state.wasOutOfMemory = false
            state.isPaused = false
            try TreeRemoving.remove(folder.run.path)
            try FolderMaking.make(folder.run.path)
            if record.health == nil { _ = unlink(folder.health) } else { try folder.write(HealthState()) }
            try mountRoot(record, folder)
            undo.add { () throws(TareError) in try Mounts.unmount(folder.root) }
            try fillVolumes(record, folder)
            // Written before the network is asked for, so that whoever finds a killed start gives it back.
            state.phase = .started
            state.started = HostClock.preciseWallText()
            try folder.write(state)
            undo.add { () throws(TareError) in try networks.detach(container: id.description) }
            let attachment = try attach(record)
            try writeNetworkFiles(record, attachment, folder)
            let configuration = try BundlePlan(
                record: record,
                folder: folder,
                attachment: attachment,
                volumes: volumes
            ).configuration()
            let writer = BundleWriter()
            state.warnings = try writer.write(configuration, to: folder.run.path, cgroup: Self.cgroup(id))
            try folder.write(state)
            let runtime = try runtime(record.runtime)
            undo.add { () throws(TareError) in try runtime.delete(id.description, force: true) }
            let run = folder.run
            let options = supervision(record, requested: requested)
            if let attaching {
                _ = try runtime.run(id.description, in: run, options: options) { () throws(TareError) in
                    try attaching(run)
                }
            } else {
                _ = try runtime.run(id.description, in: run, options: options, attaching: nil)
            }
            events.add(.container, "start", id.description, ["name": record.name, "image": record.image])
        } catch {
            let whole = undo.run(after: error)
            state.phase = before.phase == .created ? .created : .ended
            state.failure = whole.description
            state.exitCode = Self.exitCode(of: whole)
            state.finished = HostClock.preciseWallText()
            try? folder.write(state)
            throw whole
        }
    }

    /// The path of a container's control group.
    static func cgroup(_ id: ContainerID) -> String { "/tare/\(id)" }

    /// Docker's codes for what never ran: 127 for no program, 126 for one that cannot be run, 125 for the rest.
    ///
    /// - Parameter error: what `start` threw.
    /// - Returns: the code.
    public static func exitCode(of error: TareError) -> Int32 {
        switch error.code {
        case .notFound: 127
        case .noPermission: 126
        default: 125
        }
    }

    private func mountRoot(_ record: ContainerRecord, _ folder: ContainerFolder) throws(TareError) {
        // A mount that a killed command left is taken away first; it may stand several deep.
        while Mounts.isMountPoint(folder.root) { try Mounts.unmount(folder.root) }
        let library = try library(of: record)
        try library.snapshots.mount(Self.key(record.id), isVolatile: record.options.isVolatile).mount(at: folder.root)
    }

    private func attach(_ record: ContainerRecord) throws(TareError) -> NetworkAttachment {
        var ports: [PortRequest] = []
        for text in record.options.ports { ports += try PortRequest.parse(text) }
        if record.options.publishesAll {
            for text in record.exposed {
                let known = try PortRequest.parse(text)
                for port in known
                where !ports.contains(where: {
                    $0.containerPort == port.containerPort && $0.transport == port.transport
                }) {
                    ports.append(port)
                }
            }
        }
        return try networks.attach(
            container: record.id.description,
            network: record.options.network,
            ports: ports,
            aliases: [record.name, record.id.short] + record.options.aliases
        )
    }

    /// The three files of /etc that tell a container where it is; they are mounted from its folder.
    private func writeNetworkFiles(
        _ record: ContainerRecord,
        _ attachment: NetworkAttachment,
        _ folder: ContainerFolder
    ) throws(TareError) {
        var extra: [(name: String, address: IPAddress)] = []
        for text in record.options.extraHosts {
            guard let colon = text.firstIndex(of: ":"),
                let address = IPAddress(String(text[text.index(after: colon)...]))
            else {
                throw TareError(.usage, subject: "--add-host \(text)", "not a host", hint: "write name:address")
            }
            extra.append((String(text[..<colon]), address))
        }
        var attachments = [attachment]
        if !record.options.nameServers.isEmpty {
            attachments[0].nameServers = try record.options.nameServers.map { text throws(TareError) in
                guard let address = IPAddress(text) else {
                    throw TareError(.usage, subject: "--dns \(text)", "not an address")
                }
                return address
            }
        }
        let files = ContainerFiles(
            hostname: record.options.hostName ?? record.id.short,
            attachments: attachments,
            extraHosts: extra,
            hostResolver: ResolverFile(at: networks.settings.resolverFile)
        )
        try AtomicFile.write(folder.hostName, text: files.hostname)
        try AtomicFile.write(folder.hosts, text: files.hosts)
        try AtomicFile.write(folder.nameServers, text: files.resolver)
    }

    private func supervision(_ record: ContainerRecord, requested: TareRuntime.StartMark) -> SupervisorOptions {
        var options = SupervisorOptions()
        options.logSize = record.options.logSize
        options.logFiles = record.options.logFiles
        options.keepsLog = !record.options.hasNoLog
        options.hasInput = record.options.hasInput
        options.hasTerminal = record.options.hasTerminal
        options.requested = requested
        if !settings.exitCommand.isEmpty { options.exitCommand = settings.exitCommand + [record.id.description] }
        if let health = record.health, !settings.healthCommand.isEmpty {
            options.tickCommand = settings.healthCommand + [record.id.description]
            options.tickInterval = health.interval
        }
        return options
    }

    /// New volumes begin with what the image has at their place, with its owners and modes.
    private func fillVolumes(_ record: ContainerRecord, _ folder: ContainerFolder) throws(TareError) {
        for mount in record.options.mounts where mount.copiesContent {
            guard case .volume(let name) = mount.source, let volume = try volumes.find(name) else { continue }
            guard try FolderNames.list(volume.path).isEmpty else { continue }
            try RootedTree(folder.root).copyContent(of: mount.destination, to: volume.path)
        }
    }
}
