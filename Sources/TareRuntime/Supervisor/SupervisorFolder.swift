import Glibc
import TareCore
import TareLinux

/// The folder of one supervisor: what a container, or a process in one, leaves behind.
///
/// | file | what |
/// |---|---|
/// | `config.json` | the bundle, for a container |
/// | `process.json` | the process, for an `exec` |
/// | `lock` | held by the supervisor as long as it lives; its process id is the content |
/// | `pid` | the process id of the container's first process on the host |
/// | `log`, `log.1`, ... | both streams, a JSON object a line |
/// | `marks` | name, CLOCK_BOOTTIME, CLOCK_MONOTONIC in nanoseconds, a line each |
/// | `exit` | how it ended; there only when it has |
/// | `attach.sock` | where clients connect |
/// | `runtime.log` | what the OCI runtime complained of |
///
/// Any later program finds out from these files alone what became of a container; no daemon knows more.
public struct SupervisorFolder: Sendable, Hashable {
    /// The folder, absolute.
    public let path: String

    /// Names a folder; makes nothing.
    public init(_ path: String) { self.path = path }

    /// The bundle's description.
    public var configuration: String { PathText.join(path, "config.json") }
    /// What `exec` runs.
    public var process: String { PathText.join(path, "process.json") }
    /// The current log.
    public var log: String { PathText.join(path, "log") }
    /// What the runtime complained of.
    public var runtimeLog: String { PathText.join(path, "runtime.log") }
    /// The file with the process id.
    public var pidFile: String { PathText.join(path, "pid") }

    /// What becomes of the supervisor and its container.
    public enum Status: Sendable, Hashable {
        /// Nothing has been started here.
        case fresh
        /// The supervisor lives.
        case supervised(supervisor: Int32)
        /// It has ended in order.
        case ended(ExitRecord)
        /// The supervisor was killed: its container may still run, and nobody holds its streams.
        case lost
    }

    /// Reads the status; takes no lock that a starting supervisor could stumble over for longer than a moment.
    ///
    /// - Returns: the status now.
    /// - Throws: `corrupt` where the record of the end, or the lock's holder, cannot be read.
    public func status() throws(TareError) -> Status {
        let lock = PathText.join(path, "lock")
        guard FileReading.exists(lock) else { return .fresh }
        do throws(TareError) {
            _ = try FileLock(lock, exclusive: false, waiting: false)
        } catch {
            guard error.code == .unavailable else { throw error }
            // Between taking the lock and writing the number there are microseconds; zero would mean "all of us" to kill.
            for _ in 0..<1000 {
                let text = FileReading.valueIfPresent(at: lock) ?? ""
                if let number = Int32(text), number > 1 { return .supervised(supervisor: number) }
                usleep(1000)
            }
            throw TareError(.corrupt, subject: lock, "cannot tell who holds the lock: no process id is in it")
        }
        if let record = try exit() { return .ended(record) }
        return .lost
    }

    /// How it ended, or `nil` where it has not.
    public func exit() throws(TareError) -> ExitRecord? {
        let file = PathText.join(path, "exit")
        // A machine that lost its power at that moment may have kept the name and not the content.
        guard let text = FileReading.valueIfPresent(at: file), !text.isEmpty else { return nil }
        return try JSONText.decode(ExitRecord.self, from: text, subject: file)
    }

    /// The process id of the container's first process, or `nil` where there was none.
    public var pid: Int32? { FileReading.valueIfPresent(at: pidFile).flatMap { Int32($0) } }

    /// The marks that were made, in the order of the file.
    public func marks() -> [StartMark] {
        let text = FileReading.valueIfPresent(at: PathText.join(path, "marks")) ?? ""
        return text.split(separator: "\n").compactMap { StartMark(line: $0) }
    }

    /// Adds a mark, now.
    ///
    /// - Parameter name: its name.
    /// - Throws: `cannotWrite`.
    public func mark(_ name: StartMark.Name) throws(TareError) {
        let file = try OwnedFileDescriptor(opening: PathText.join(path, "marks"), O_WRONLY | O_CREAT | O_APPEND)
        try file.writeAll(Array(StartMark.now(name).line.utf8))
    }

    /// Waits until the supervisor has ended; blocks.
    ///
    /// - Parameter timeout: seconds to wait at most; `nil` for as long as it takes.
    /// - Returns: how the container ended.
    /// - Throws: `timedOut`; `unavailable` where the supervisor was killed; `notFound` where nothing was started here.
    public func waitForExit(timeout: Double? = nil) throws(TareError) -> ExitRecord {
        let end = timeout.map { HostClock.monotonicNanoseconds() + UInt64($0 * 1e9) }
        while true {
            switch try status() {
            case .ended(let record): return record
            case .fresh: throw TareError(.notFound, subject: path, "cannot wait for it: nothing was started here")
            case .lost:
                throw TareError(
                    .unavailable,
                    subject: path,
                    "cannot tell how it ended: its supervisor was killed",
                    hint: "`tare container rm --force` removes what is left of it"
                )
            case .supervised(let supervisor):
                let left = end.map { now in
                    let time = HostClock.monotonicNanoseconds()
                    return now > time ? Int32((now - time) / 1_000_000) + 1 : 0
                }
                if left == 0 {
                    throw TareError(.timedOut, subject: path, "it has not ended within \(timeout ?? 0) s")
                }
                // Not for ever: the number may be that of an earlier supervisor, read a moment too soon.
                ProcessWait.untilEnd(of: supervisor, milliseconds: min(left ?? 1000, 1000))
            }
        }
    }
}
