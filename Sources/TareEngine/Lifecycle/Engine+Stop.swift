import Glibc
import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// Asks a container to end, and ends it where it has not after a while.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - timeout: seconds between its stop signal and SIGKILL; `nil` as it was made with.
    /// - Throws: `timedOut` where even SIGKILL does not end it within ten seconds.
    public func stop(_ id: ContainerID, timeout: Double? = nil) throws(TareError) {
        guard let record = try markStopped(id) else { return }
        let folder = containers.folder(id)
        try send(record.stopSignal, to: record)
        do throws(TareError) {
            _ = try folder.run.waitForExit(timeout: timeout ?? record.options.stopTimeout)
        } catch {
            guard error.code == .timedOut || error.code == .unavailable else { throw error }
            try send(SIGKILL, to: record)
            if error.code == .timedOut { _ = try folder.run.waitForExit(timeout: 10) }
        }
        try finish(id)
        events.add(.container, "stop", id.description, ["name": record.name])
    }

    /// Notes that a user wants it ended, so that its restart policy leaves it; thaws it, since a frozen one cannot end.
    ///
    /// - Returns: its record where it runs.
    private func markStopped(_ id: ContainerID) throws(TareError) -> ContainerRecord? {
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let folder = containers.folder(id)
        var state = try finishLocked(id)
        state.wasStopped = true
        let record = try folder.readRecord()
        if state.phase == .started, state.isPaused {
            try runtime(record.runtime).resume(id.description)
            state.isPaused = false
        }
        try folder.write(state)
        return state.phase == .started ? record : nil
    }

    /// Sends a signal to a running container's first process.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - signal: the number; SIGKILL ends it.
    /// - Throws: `invalid` where it does not run.
    public func kill(_ id: ContainerID, signal: Int32 = SIGKILL) throws(TareError) {
        let record = try running(id, "cannot send it a signal")
        if signal == SIGKILL { _ = try markStopped(id) }
        try send(signal, to: record)
        if signal == SIGKILL {
            _ = try containers.folder(id).run.waitForExit(timeout: 10)
            try finish(id)
        }
        events.add(.container, "kill", id.description, ["name": record.name, "signal": "\(signal)"])
    }

    private func send(_ signal: Int32, to record: ContainerRecord) throws(TareError) {
        do throws(TareError) {
            try runtime(record.runtime).kill(record.id.description, signal: signal, all: false)
        } catch {
            // It may have ended between our look and the signal.
            if case .supervised = try containers.folder(record.id).run.status() { throw error }
        }
    }

    /// The record of a container that runs now.
    ///
    /// - Throws: `invalid` where it does not.
    func running(_ id: ContainerID, _ wanted: String) throws(TareError) -> ContainerRecord {
        let folder = containers.folder(id)
        let record = try folder.readRecord()
        guard try folder.readState().phase == .started, case .supervised = try folder.run.status() else {
            throw TareError(
                .invalid,
                subject: record.name,
                "\(wanted): the container does not run",
                hint: "`tare container start \(record.name)` starts it"
            )
        }
        return record
    }

    /// Stops and starts a container.
    public func restart(_ id: ContainerID, timeout: Double? = nil) throws(TareError) {
        try stop(id, timeout: timeout)
        try start(id)
    }

    /// Freezes all processes of a container.
    public func pause(_ id: ContainerID) throws(TareError) { try setPaused(id, true) }

    /// Lets a frozen container go on.
    public func unpause(_ id: ContainerID) throws(TareError) { try setPaused(id, false) }

    private func setPaused(_ id: ContainerID, _ isPaused: Bool) throws(TareError) {
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let record = try running(id, isPaused ? "cannot pause it" : "cannot let it go on")
        let folder = containers.folder(id)
        var state = try folder.readState()
        guard state.isPaused != isPaused else {
            throw TareError(
                .invalid, subject: record.name, "the container is \(isPaused ? "paused already" : "not paused")")
        }
        let runtime = try runtime(record.runtime)
        if isPaused { try runtime.pause(id.description) } else { try runtime.resume(id.description) }
        state.isPaused = isPaused
        try folder.write(state)
        events.add(.container, isPaused ? "pause" : "unpause", id.description, ["name": record.name])
    }

    /// Waits until a container has ended.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - timeout: seconds at most; `nil` for as long as it takes.
    /// - Returns: its exit code; of one that never ran, 0.
    /// - Throws: `timedOut`.
    public func wait(_ id: ContainerID, timeout: Double? = nil) throws(TareError) -> Int32 {
        let folder = containers.folder(id)
        let state = try folder.readState()
        guard state.phase == .started else { return state.exitCode ?? 0 }
        do throws(TareError) {
            let ending = try folder.run.waitForExit(timeout: timeout)
            do throws(TareError) { try finish(id) } catch { if error.code != .notFound { throw error } }
            return ending.code
        } catch {
            guard error.code == .unavailable else { throw error }
            return try finish(id).exitCode ?? 137
        }
    }
}
