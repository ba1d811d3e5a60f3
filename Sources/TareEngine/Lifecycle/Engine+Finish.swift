import Glibc
import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// Gives back what an ended container held while it ran, and notes how it ended.
    ///
    /// Whoever comes first does it: the supervisor's last program, or whoever waited. A container that runs is left alone.
    ///
    /// - Returns: the state afterwards.
    @discardableResult
    public func finish(_ id: ContainerID) throws(TareError) -> ContainerState {
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        return try finishLocked(id)
    }

    /// The same under the lock.
    @discardableResult
    func finishLocked(_ id: ContainerID) throws(TareError) -> ContainerState {
        let folder = containers.folder(id)
        var state = try folder.readState()
        guard state.phase == .started else { return state }
        let ending: ExitRecord?
        switch try folder.run.status() {
        case .supervised: return state
        case .ended(let record): ending = record
        case .lost, .fresh: ending = nil
        }
        let record = try folder.readRecord()
        state.wasOutOfMemory = outOfMemory(id)
        try release(record, folder)
        state.phase = .ended
        state.isPaused = false
        state.exitCode = ending?.code ?? 137
        state.finished = ending?.finished ?? HostClock.preciseWallText()
        if ending == nil {
            state.failure = "its supervisor was killed or the machine was restarted; what was left of it was ended"
        }
        try folder.write(state)
        let code = "\(state.exitCode ?? 0)"
        events.add(.container, "die", id.description, ["name": record.name, "exit_code": code])
        return state
    }

    /// Gives back mount, network and runtime's state; each may be gone already.
    func release(_ record: ContainerRecord, _ folder: ContainerFolder) throws(TareError) {
        try runtime(record.runtime).delete(record.id.description, force: true)
        while Mounts.isMountPoint(folder.root) { try Mounts.unmount(folder.root) }
        try networks.detach(container: record.id.description)
        try TreeRemoving.remove(folder.execs)
        try FolderMaking.make(folder.execs)
    }

    private func outOfMemory(_ id: ContainerID) -> Bool {
        guard let group = try? Cgroups.current().group(Self.cgroup(id)), group.exists, let usage = try? group.usage()
        else {
            return false
        }
        return (usage.oomKills ?? 0) > 0
    }

    /// What a supervisor's last program does: gives back, then starts again or removes, as the container wants it.
    ///
    /// The wait between two starts is spent without the lock, so that a user can stop or remove the container meanwhile.
    ///
    /// - Parameter id: the container, whose supervisor has become this process.
    /// - Throws: what giving back, starting or removing throws.
    public func ended(_ id: ContainerID) throws(TareError) {
        let state: ContainerState
        do throws(TareError) { state = try finish(id) } catch {
            // Somebody who waited for the end may have removed it before us.
            if error.code == .notFound { return }
            throw error
        }
        let folder = containers.folder(id)
        guard state.phase == .ended, let record = try? folder.readRecord() else { return }
        let policy = record.options.restart
        guard
            policy.restarts(after: state.exitCode ?? 0, restarts: state.restarts, wasStopped: state.wasStopped)
        else {
            if record.options.removesItself { try remove(id) }
            return
        }
        let streak = folder.run.ranFor() < RestartPolicy.healthyRun ? state.streak + 1 : 0
        usleep(UInt32(RestartPolicy.wait(streak: streak) * 1000))
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        var now = try folder.readState()
        guard now.phase == .ended, now.finished == state.finished, !now.wasStopped else { return }
        now.restarts += 1
        now.streak = streak
        try startLocked(id, now, requested: .now(.requested))
    }
}

extension SupervisorFolder {
    /// Seconds between start and end of what ran here; 0 where one is not known.
    func ranFor() -> Double {
        let marks = marks()
        guard let began = marks.first(where: { $0.name == .started }) ?? marks.first(where: { $0.name == .created }),
            let ended = try? exit(), ended.monotonic > began.monotonic
        else { return 0 }
        return Double(ended.monotonic - began.monotonic) / 1e9
    }
}
