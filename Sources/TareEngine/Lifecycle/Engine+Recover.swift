import Glibc
import TareCore
import TareLinux

extension Engine {
    /// What a repair did.
    public struct Recovery: Sendable, Hashable, Codable {
        /// Containers whose making or removing was cut off, and that are gone now.
        public var removed: [String] = []
        /// Containers whose end nobody had dealt with, by id.
        public var finished: [String] = []
        /// Containers whose restart nobody waited for any more, and that were started again.
        public var restarted: [String] = []
        /// What could not be repaired, in words.
        public var failures: [String] = []
    }

    /// Finishes what killed processes left: half made and half removed containers go, ended ones give back what they held.
    ///
    /// Containers that run are left alone: any command finds them by their files. Cheap where there is nothing to do: one
    /// small file a container.
    ///
    /// - Returns: what was done. A failure with one container does not keep others from being repaired.
    @discardableResult
    public func recover() throws(TareError) -> Recovery {
        var found = Recovery()
        for id in try containers.ids() {
            let folder = containers.folder(id)
            let phase = (try? folder.readState().phase) ?? .creating
            if phase == .ended { restartAbandoned(id, &found) }
            guard phase != .created, phase != .ended else { continue }
            do throws(TareError) {
                // Whoever makes or removes it right now holds its lock, and is alive.
                let lock =
                    phase == .creating
                    ? try containers.lockHalfMade(id) : try containers.lock(id, waiting: false)
                defer { withExtendedLifetime(lock) {} }
                let state = (try? folder.readState()) ?? ContainerState()
                switch state.phase {
                case .creating, .removing:
                    try removeLocked(id, try? folder.readRecord())
                    found.removed.append(id.description)
                case .started:
                    if try finishLocked(id).phase == .ended { found.finished.append(id.description) }
                case .created, .ended: break
                }
            } catch {
                if error.code != .unavailable, error.code != .notFound {
                    found.failures.append("\(id.short): \(error)")
                }
            }
        }
        return found
    }
    /// Starts a container whose policy wants that and whose restarter was killed while it waited.
    private func restartAbandoned(_ id: ContainerID, _ found: inout Recovery) {
        let folder = containers.folder(id)
        guard let state = try? folder.readState(), !state.wasStopped, state.finished != nil,
            let record = try? folder.readRecord(), record.options.restart.rule != .no,
            record.options.restart.restarts(after: state.exitCode ?? 0, restarts: state.restarts, wasStopped: false),
            !settings.exitCommand.isEmpty,
            let turn = try? FileLock(folder.restart)
        else { return }
        defer { withExtendedLifetime(turn) {} }
        do throws(TareError) {
            let lock = try containers.lock(id, waiting: false)
            defer { withExtendedLifetime(lock) {} }
            let now = try folder.readState()
            guard now.phase == .ended, !now.wasStopped, now.finished == state.finished else { return }
            try startAgain(id, now, streak: now.streak + 1)
            found.restarted.append(id.description)
        } catch {
            if error.code != .unavailable, error.code != .notFound { found.failures.append("\(id.short): \(error)") }
        }
    }
}
