import Glibc
import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// Removes a container with its writable layer.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - force: ends it first where it runs.
    ///   - removesVolumes: takes the volumes that were made for it without a name.
    /// - Throws: `invalid` where it runs and `force` is false.
    public func remove(_ id: ContainerID, force: Bool = false, removesVolumes: Bool = false) throws(TareError) {
        let folder = containers.folder(id)
        if force, let state = try? folder.readState(), state.phase == .started {
            do throws(TareError) { try kill(id) } catch {
                guard error.code == .invalid || error.code == .unavailable else { throw error }
            }
        }
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        var state = try finishLocked(id)
        let record = try? folder.readRecord()
        guard state.phase != .started else {
            throw TareError(
                .invalid,
                subject: record?.name ?? id.short,
                "cannot remove the container: it runs",
                hint: "stop it first, or use --force"
            )
        }
        state.phase = .removing
        try folder.write(state)
        try removeLocked(id, record)
        if removesVolumes || record?.options.removesItself == true {
            for mount in record?.options.mounts ?? [] {
                if case .volume(let name) = mount.source, Self.isAnonymous(name, of: id), try volumes.find(name) != nil
                {
                    try volumes.remove(name)
                }
            }
        }
        events.add(.container, "destroy", id.description, ["name": record?.name ?? ""])
    }

    /// Takes everything of a container that is half made or half removed; every step may be done already.
    func removeLocked(_ id: ContainerID, _ record: ContainerRecord?) throws(TareError) {
        let folder = containers.folder(id)
        if let record { try release(record, folder) }
        while Mounts.isMountPoint(folder.root) { try Mounts.unmount(folder.root) }
        try networks.detach(container: id.description)
        let owner = try record.map { (record) throws(TareError) in try library(of: record) } ?? images
        try owner.snapshots.remove(Self.key(id))
        try images.content.endLease(Self.key(id))
        if let record { containers.give(name: record.name, of: id) }
        // The description goes last but the folder: what is left then is found by its phase.
        try TreeRemoving.remove(folder.path)
    }
}
