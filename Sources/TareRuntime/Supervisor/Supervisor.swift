import Glibc
import TareCore
import TareLinux

/// Starts supervisors.
///
///     starter -> tare-shim -> (its own session, lock held) -> crun run --detach ... -> the container's first process,
///     which becomes the supervisor's child when the runtime has gone
///
/// Once the call has returned, and even when the starter dies before, the container needs nobody but its supervisor.
struct Supervisor: Sendable {
    /// The program.
    var shim: String
    /// Mounts that the runtime cannot bear.
    var hiddenMounts: [String]

    /// Starts one and waits until the runtime's command has ended.
    ///
    /// - Parameters:
    ///   - folder: its folder.
    ///   - options: streams and end.
    ///   - mark: which mark the runtime's success is.
    ///   - command: the runtime's absolute path and arguments; `{console}` is replaced by the console socket's path.
    ///   - attaching: called before the runtime is, so that a client misses nothing; `nil` for nobody.
    /// - Returns: the process id of the container's first process.
    /// - Throws: `internal` with the runtime's own words where it refuses.
    func start(
        in folder: SupervisorFolder,
        options: SupervisorOptions,
        mark: StartMark.Name,
        command: [String],
        attaching: (() throws(TareError) -> Void)? = nil
    ) throws(TareError) -> Int32 {
        let requested = options.requested ?? .now(.requested)
        var words = ["supervise", "--folder", folder.path, "--mark", mark.rawValue]
        words += ["--requested-boot-ns", "\(requested.boottime)", "--requested-mono-ns", "\(requested.monotonic)"]
        for mount in hiddenMounts { words += ["--hide", mount] }
        if let size = options.logSize { words += ["--log-size", "\(max(size.bytes, 1))"] }
        words += ["--log-files", "\(max(options.logFiles, 1))"]
        if !options.keepsLog { words.append("--no-log") }
        if options.hasTerminal { words.append("--tty") }
        if options.hasInput { words.append("--input") }
        if attaching != nil { words.append("--wait-for-client") }
        if !options.exitCommand.isEmpty {
            words += ["--exit-command", "\(options.exitCommand.count)"] + options.exitCommand
        }
        if !options.tickCommand.isEmpty {
            words += ["--tick-ms", "\(Int(max(options.tickInterval, 0.001) * 1000))"]
            words += ["--tick-command", "\(options.tickCommand.count)"] + options.tickCommand
        }
        var report = try PipeEnds()
        let null = try OwnedFileDescriptor(opening: "/dev/null", O_RDWR)
        let child = try ChildProcess.start(
            shim,
            words + ["--"] + command,
            streams: [null.raw, null.raw, null.raw, report.writing]
        )
        report.closeWriting()
        let status = ChildProcess.wait(child)
        var lines = ReportLines(descriptor: report.reading)
        while let line = lines.next() {
            let words = line.split(separator: " ")
            switch (words.first, words.dropFirst().first.flatMap { Int32($0) }) {
            case ("ready", _): try attaching?()
            case ("ok", let pid?): return pid
            case ("fail", let code?): throw failure(folder, code: code, command: command)
            case ("error", let number?):
                throw .system("cannot supervise the container", subject: folder.path, errno: number)
            default: break
            }
        }
        throw TareError(
            .internal,
            subject: folder.path,
            "cannot supervise the container: tare-shim ended with status \(status) and said nothing"
        )
    }

    /// Runs another command of the runtime as the supervisor runs its own: same environment, same mounts.
    func call(_ command: [String], input: [UInt8] = []) throws(TareError) -> ChildProcess.Ending {
        guard let program = command.first else { preconditionFailure("a command has a program") }
        if hiddenMounts.isEmpty { return try ChildProcess.run(program, Array(command.dropFirst()), input: input) }
        let hides = hiddenMounts.flatMap { ["--hide", $0] }
        return try ChildProcess.run(shim, ["call"] + hides + ["--"] + command, input: input)
    }

    private func failure(_ folder: SupervisorFolder, code: Int32, command: [String]) -> TareError {
        let log = FileReading.valueIfPresent(at: folder.runtimeLog) ?? ""
        return RuntimeComplaint.error(
            text: log,
            subject: folder.path,
            wanted: "cannot start the container",
            program: command.first ?? "",
            status: code
        )
    }
}

/// The lines of a supervisor's report, as they come.
private struct ReportLines {
    let descriptor: Int32
    private var bytes: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    mutating func next() -> String? {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                defer { bytes.removeFirst(end + 1) }
                return String(decoding: bytes[..<end], as: UTF8.self)
            }
            var part = [UInt8](repeating: 0, count: 256)
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return nil }
            bytes += part[..<count]
        }
    }
}
