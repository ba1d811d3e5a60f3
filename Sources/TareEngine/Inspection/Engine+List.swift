import TareCore
import TareLinux
import TareNetwork

extension Engine {
    /// The container of a name, an id, or the beginning of an id.
    ///
    /// - Throws: `notFound`; `usage` where several ids begin so.
    public func find(_ word: String) throws(TareError) -> ContainerID { try containers.find(word) }

    /// All containers, newest first; those that go while we look are left out.
    ///
    /// - Complexity: O(containers), three small files each.
    public func list() throws(TareError) -> [ContainerSummary] {
        var found: [ContainerSummary] = []
        for id in try containers.ids() {
            if let summary = try? summary(id) { found.append(summary) }
        }
        return found.sorted { ($1.created, $1.id.description) < ($0.created, $0.id.description) }
    }

    /// One container as the list shows it.
    public func summary(_ id: ContainerID) throws(TareError) -> ContainerSummary {
        let folder = containers.folder(id)
        let record = try folder.readRecord()
        let state = try folder.readState()
        let run = try folder.run.status()
        var status: ContainerSummary.Status
        var code = state.exitCode
        var finished = state.finished
        switch state.phase {
        case .creating, .removing: status = .changing
        case .created: status = .created
        case .ended: status = .exited
        case .started:
            switch run {
            case .supervised: status = state.isPaused ? .paused : .running
            case .ended(let ending):
                status = .exited
                code = ending.code
                finished = ending.finished
            // Between the mount and the supervisor nothing has been started yet.
            case .fresh: status = .changing
            case .lost: status = .exited
            }
        }
        let isRunning = status == .running || status == .paused
        let attachments = isRunning ? (try? networks.attachments(of: id.description)) ?? [] : []
        return ContainerSummary(
            id: id,
            name: record.name,
            image: record.image,
            imageID: record.imageID,
            command: record.arguments,
            created: record.created,
            status: status,
            exitCode: isRunning ? nil : code,
            started: state.started,
            finished: isRunning ? nil : finished,
            health: isRunning ? try folder.readHealth()?.status : nil,
            ports: attachments.flatMap(\.ports),
            network: record.options.network,
            addresses: Dictionary(
                attachments.compactMap { attachment in attachment.address.map { (attachment.network, $0.description) }
                },
                uniquingKeysWith: { first, _ in first }
            ),
            labels: record.labels,
            pid: isRunning ? folder.run.pid : nil,
            restarts: state.restarts
        )
    }

    /// All that is known of a container.
    public func inspect(_ id: ContainerID) throws(TareError) -> ContainerInspection {
        let folder = containers.folder(id)
        return ContainerInspection(
            summary: try summary(id),
            record: try folder.readRecord(),
            state: try folder.readState(),
            attachments: try networks.attachments(of: id.description),
            health: try folder.readHealth(),
            folder: folder.path,
            log: folder.run.log
        )
    }

    /// Gives a container another name.
    public func rename(_ id: ContainerID, to name: String) throws(TareError) {
        try ContainerName.check(name)
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let folder = containers.folder(id)
        var record = try folder.readRecord()
        let old = record.name
        guard old != name else { return }
        try containers.take(name: name, for: id)
        record.name = name
        try folder.write(record)
        containers.give(name: old, of: id)
        events.add(.container, "rename", id.description, ["name": name, "old_name": old])
    }
}
