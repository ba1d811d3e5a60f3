import CTareLinux
import Glibc
import TareCore
import TareLinux

/// One guest's machine: a QEMU process, its monitor, its console and, where it is counted, its marks.
///
/// All three are descriptors that QEMU inherits and nothing has a name in a file system, so nothing can stay behind: the
/// kernel kills QEMU when this process ends, however it ends. What comes is taken by `next(until:)`, which one thread calls;
/// while nobody does, a guest that prints waits. The machine is killed with the value.
public final class GuestMachine {
    /// What was asked for.
    public let plan: MachinePlan
    /// QEMU's process id, for its memory and CPU time.
    public let process: pid_t
    /// How it ended; `nil` while it runs.
    public private(set) var ending: GuestEnding?
    /// The counts at the last mark or, after the end, of everything.
    public private(set) var lastMark: CountedMark?

    private let handle: OwnedFileDescriptor
    private let console: OwnedFileDescriptor
    private let errors: OwnedFileDescriptor
    private let marks: OwnedFileDescriptor
    private var monitor: MonitorClient
    private var log: ConsoleLog
    private var consoleLines = LineReader(limit: 4096)
    private var errorLines = LineReader(limit: 4096)
    private var markLines = LineReader(limit: 4096)
    private var lastError = ""
    private var waiting: [GuestEvent] = []
    private var isStopping = false
    private var hasGreeted = false
    private var hasPoweredOff = false

    /// Starts a guest.
    ///
    /// Returns when QEMU's process runs; touches nothing else on the host.
    ///
    /// - Parameters:
    ///   - plan: the machine.
    ///   - cache: where the counting plugin is kept.
    ///   - consoleFile: where the first 4 MiB of what the guest prints go.
    /// - Throws: `usage` where the plan is no machine; `unavailable` where QEMU is missing; `notFound` for a file.
    public init(_ plan: MachinePlan, cache: String, consoleFile: String? = nil) throws(TareError) {
        if let fault = plan.fault() { throw fault }
        guard let program = ToolSearch.find("qemu-system-x86_64") else {
            throw TareError(
                .unavailable, subject: plan.name, "cannot start the guest: qemu-system-x86_64 is not installed",
                hint: "run Scripts/install, on Debian")
        }
        for file in [plan.kernel, plan.disk?.path].compactMap({ $0 }) where !FileReading.exists(file) {
            throw TareError(.notFound, subject: file, "cannot start the guest \(plan.name): no such file")
        }
        self.plan = plan
        let plugin = plan.isCounted ? try GuestProgram.plugin.path(cache: cache) : nil
        log = try ConsoleLog(path: consoleFile)
        let output = try SocketPair("console")
        let failures = try SocketPair("errors")
        let control = try SocketPair("monitor")
        let counting = try SocketPair("marks")
        let nothing = try OwnedFileDescriptor(opening: "/dev/null")
        let initial = try Self.unnamed(plan.initialRoot)
        let streams = [
            nothing.raw, output.theirs.raw, failures.theirs.raw, control.theirs.raw, counting.theirs.raw, initial.raw,
        ]
        var words = ([program] + plan.arguments(plugin: plugin)).map { strdup($0) } + [nil]
        // What a guest discards goes to an unnamed file in TMPDIR: on a disk, not in memory.
        var variables = (ChildProcess.plainEnvironment + ["TMPDIR=/var/tmp"]).map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        let child = tare_start_guarded(program, &words, &variables, streams, Int32(streams.count), 0)
        guard child > 0 else { throw .system("cannot start QEMU", subject: plan.name, errno: -child) }
        process = child
        let descriptor = tare_pidfd_open(child)
        guard descriptor >= 0 else {
            kill(child, SIGKILL)
            _ = ChildProcess.wait(child)
            throw .system("cannot watch QEMU", subject: plan.name, errno: -descriptor)
        }
        handle = OwnedFileDescriptor(taking: descriptor, path: plan.name)
        console = output.ours
        errors = failures.ours
        marks = counting.ours
        monitor = MonitorClient(control.ours)
    }

    deinit {
        if ending == nil {
            _ = tare_pidfd_signal(handle.raw, SIGKILL)
            _ = ChildProcess.wait(process)
        }
    }

    /// The next thing that happens.
    ///
    /// - Parameter deadline: monotonic nanoseconds.
    /// - Returns: the event; `nil` at the deadline, and after the end.
    /// - Throws: `cannotWrite` where the console's file cannot be written; `corrupt` where QEMU speaks otherwise.
    public func next(until deadline: UInt64) throws(TareError) -> GuestEvent? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            if ending != nil { return nil }
            var polls = [console.raw, errors.raw, monitor.descriptor, marks.raw, handle.raw].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            if consoleLines.hasEnded { polls[0].fd = -1 }
            if errorLines.hasEnded { polls[1].fd = -1 }
            if monitor.hasEnded || !hasGreeted { polls[2].fd = -1 }
            if markLines.hasEnded { polls[3].fd = -1 }
            let count = poll(&polls, 5, Deadline.milliseconds(until: deadline))
            if count == 0 { return nil }
            if count < 0 { continue }
            if polls[0].revents != 0 { try takeConsole() }
            if polls[1].revents != 0 { takeErrors() }
            if polls[2].revents != 0 { try takeEvents() }
            if polls[3].revents != 0 { try takeMarks() }
            // What it printed is read to the end before its end is told.
            if polls[4].revents != 0, waiting.isEmpty, polls[..<4].allSatisfy({ $0.revents == 0 }) { end() }
        }
    }

    /// Lets a counted guest go on after a mark.
    public func proceed() {
        var byte: UInt8 = 10
        _ = send(marks.raw, &byte, 1, Int32(MSG_NOSIGNAL))
    }

    /// Uses the monitor, which is greeted the first time.
    ///
    /// - Parameters:
    ///   - seconds: the longest to wait for all of it.
    ///   - body: the commands, with their deadline.
    /// - Returns: what the body returns.
    /// - Throws: the body's error; `timedOut` and `unavailable` where QEMU does not answer.
    public func monitor<Value>(
        within seconds: Double = 60,
        _ body: (inout MonitorClient, UInt64) throws(TareError) -> Value
    ) throws(TareError) -> Value {
        let deadline = Deadline.after(seconds: seconds)
        if !hasGreeted {
            try monitor.negotiate(deadline: deadline)
            hasGreeted = true
        }
        let value = try body(&monitor, deadline)
        try takeEvents()
        return value
    }

    /// The error of a guest that did not get there in time: what it was waited for, and its last line.
    ///
    /// - Parameters:
    ///   - wanted: what did not happen: `answer`.
    ///   - seconds: how long it was waited for.
    /// - Returns: a `timedOut`.
    public func late(_ wanted: String, after seconds: Double) -> TareError {
        if let starved = log.starved {
            return TareError(
                .timedOut, subject: plan.name,
                "the guest did not \(wanted): out of memory, its kernel killed process \(starved)",
                hint: "give it more than \(plan.memory)")
        }
        let last = log.lastLine.isEmpty ? "it printed nothing" : "its last line was \"\(log.lastLine)\""
        return TareError(
            .timedOut, subject: plan.name, "the guest did not \(wanted) within \(Int(seconds)) s; \(last)",
            hint: log.lastLine.isEmpty
                ? "a kernel and an initial root that do not fit into \(plan.memory) print nothing"
                : "a busy machine needs a longer limit")
    }

    /// Ends the guest: asks it to power off, then QEMU to quit, then kills it.
    ///
    /// - Parameter grace: seconds for the guest to power off by itself; 0 asks QEMU at once.
    /// - Returns: how it ended: `finished` where it powered off, `stopped` where it had to be ended.
    @discardableResult
    public func stop(grace: Double = 0) -> GuestEnding {
        if let ending { return ending }
        isStopping = true
        // A CPU that waits at a mark would never see the request.
        proceed()
        if grace > 0 {
            _ = try? monitor(within: grace) { monitor, deadline throws(TareError) in
                try monitor.execute("system_powerdown", deadline: deadline)
            }
            if let ending = drain(until: Deadline.after(seconds: grace)) { return ending }
        }
        _ = try? monitor(within: 5) { monitor, deadline throws(TareError) in
            try monitor.execute("quit", deadline: deadline)
        }
        if let ending = drain(until: Deadline.after(seconds: 5)) { return ending }
        _ = tare_pidfd_signal(handle.raw, SIGKILL)
        if let ending = drain(until: Deadline.after(seconds: 30)) { return ending }
        end()
        return ending ?? .stopped
    }

    private func drain(until deadline: UInt64) -> GuestEnding? {
        while ending == nil {
            guard let event = try? next(until: deadline) else { break }
            if case .mark = event { proceed() }
        }
        return ending
    }

    private func takeConsole() throws(TareError) {
        try log.keep(consoleLines.read(console.raw))
        while let line = consoleLines.next() {
            log.note(line)
            waiting.append(.line(line))
        }
    }

    private func takeEvents() throws(TareError) {
        for event in try monitor.takeEvents() {
            if event.name == "SHUTDOWN", event.data["reason"] == .text("guest-shutdown") { hasPoweredOff = true }
            waiting.append(.monitor(event))
        }
    }

    private func takeErrors() {
        _ = errorLines.read(errors.raw)
        while let line = errorLines.next() { lastError = line }
    }

    private func takeMarks() throws(TareError) {
        _ = markLines.read(marks.raw)
        while let line = markLines.next() {
            let mark = try CountedMark(line)
            lastMark = mark
            if mark.number != nil { waiting.append(.mark(mark)) }
        }
    }

    private func end() {
        let status = ChildProcess.wait(process)
        let found: GuestEnding =
            if let words = log.outOfMemory {
                .outOfMemory(words)
            } else if let words = log.panic {
                .panicked(words)
            } else if isStopping, !hasPoweredOff {
                .stopped
            } else if status == 0 {
                .finished
            } else {
                .emulatorFailed(status: status, lastError)
            }
        ending = found
        waiting.append(.ended(found))
    }

    /// A file without a name, which is gone with its last descriptor.
    private static func unnamed(_ bytes: [UInt8]) throws(TareError) -> OwnedFileDescriptor {
        let path = "/var/tmp/tare-initial-\(getpid())-\(HostClock.monotonicNanoseconds())"
        let file = try OwnedFileDescriptor(opening: path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        _ = unlink(path)
        try file.writeAll(bytes)
        return file
    }
}
