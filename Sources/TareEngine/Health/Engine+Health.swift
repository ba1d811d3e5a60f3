import Glibc
import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// Runs a container's health check once and notes what came of it.
    ///
    /// There is no daemon: the supervisor starts a program for each check, and that program calls this. A container that
    /// does not run, is frozen or has no check is left as it is.
    ///
    /// - Parameter id: the container.
    /// - Returns: its health afterwards; `nil` where nothing was checked.
    /// - Throws: `TareError` where the check cannot be started for a reason that is not the container's.
    @discardableResult
    public func checkHealth(_ id: ContainerID) throws(TareError) -> HealthState? {
        let folder = containers.folder(id)
        let record = try folder.readRecord()
        let before = try folder.readState()
        guard let check = record.health, before.phase == .started, !before.isPaused else { return nil }
        guard case .supervised = try folder.run.status() else { return nil }
        let probe = try probe(id, check)
        // A check that was under way when the container ended says nothing about it.
        guard case .supervised = try folder.run.status() else { return nil }
        var state = try folder.readHealth() ?? HealthState()
        let old = state.status
        state.take(probe, check, age: folder.run.age())
        try folder.write(state)
        if state.status != old {
            events.add(.container, "health", id.description, ["name": record.name, "status": state.status.rawValue])
        }
        return state
    }

    /// Runs the command and waits for it, at most as long as the check allows.
    private func probe(_ id: ContainerID, _ check: HealthCheck) throws(TareError) -> HealthState.Probe {
        let start = HostClock.preciseWallText()
        let began = HostClock.monotonicNanoseconds()
        func finished(_ code: Int32, _ output: String) -> HealthState.Probe {
            let seconds = Double(HostClock.monotonicNanoseconds() - began) / 1e9
            return HealthState.Probe(start: start, seconds: seconds, code: code, output: output)
        }
        let words = check.usesShell ? ["/bin/sh", "-c"] + check.command : check.command
        var options = ExecOptions()
        options.keepsOutput = true
        let run: SupervisorFolder
        do throws(TareError) { run = try exec(in: id, words, options: options) } catch {
            guard error.code == .notFound || error.code == .noPermission else { throw error }
            return finished(Self.exitCode(of: error), error.message)
        }
        defer { try? TreeRemoving.remove(run.path) }
        do throws(TareError) {
            let ending = try run.waitForExit(timeout: check.timeout)
            return finished(ending.code, Self.tail(run))
        } catch {
            guard error.code == .timedOut else { throw error }
            if let pid = run.pid { Glibc.kill(pid, SIGKILL) }
            _ = try? run.waitForExit(timeout: 5)
            return finished(-1, "no end within \(check.timeout) s; " + Self.tail(run))
        }
    }

    /// The end of what a check printed.
    private static func tail(_ run: SupervisorFolder) -> String {
        let entries = (try? ContainerLog(run).entries()) ?? []
        return String(decoding: entries.map(\.text).joined().utf8.suffix(4096), as: UTF8.self)
    }
}

extension SupervisorFolder {
    /// Seconds since what runs here was started; 0 where that is not known.
    func age() -> Double {
        let marks = marks()
        guard let began = marks.first(where: { $0.name == .started }) ?? marks.first(where: { $0.name == .created })
        else {
            return 0
        }
        return Double(HostClock.monotonicNanoseconds() - began.monotonic) / 1e9
    }
}
