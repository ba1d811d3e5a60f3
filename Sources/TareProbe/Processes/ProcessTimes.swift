import Glibc
import TareCore
import TareLinux

/// CPU time and identity of a process, from /proc/PID/stat.
public struct ProcessTimes: Sendable, Hashable {
    /// When it was started, in the kernel's ticks since the machine was: with its number, it names one process for ever.
    public var started: UInt64
    /// CPU time of it in seconds, user and kernel.
    public var cpuSeconds: Double
    /// CPU time of its children that have ended and were waited for, in seconds.
    public var childrenSeconds: Double

    /// The times of a process; `nil` where it has gone.
    ///
    /// Resolution: one tick, usually 10 ms.
    public static func now(of process: Int32) -> ProcessTimes? {
        guard let text = FileReading.valueIfPresent(at: "/proc/\(process)/stat") else { return nil }
        return parse(text, ticks: Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    /// The rule behind `now(of:)`; the name in parentheses may hold anything, also parentheses.
    static func parse(_ text: String, ticks: Double) -> ProcessTimes? {
        guard let end = text.lastIndex(of: ")") else { return nil }
        let words = text[text.index(after: end)...].split(separator: " ")
        guard words.count > 19, let user = Double(words[11]), let system = Double(words[12]),
            let childUser = Double(words[13]), let childSystem = Double(words[14]), let started = UInt64(words[19])
        else { return nil }
        return ProcessTimes(
            started: started,
            cpuSeconds: (user + system) / ticks,
            childrenSeconds: (childUser + childSystem) / ticks
        )
    }

    /// `PID-TICKS`: names this process and no later one of the same number.
    public static func ownMark() -> String { "\(getpid())-\(now(of: getpid())?.started ?? 0)" }

    /// Whether the process of such a mark still lives; a mark that cannot be read names nobody.
    public static func isAlive(mark: String) -> Bool {
        let parts = mark.split(separator: "-")
        guard parts.count == 2, let process = Int32(parts[0]), let started = UInt64(parts[1]) else { return false }
        return now(of: process)?.started == started
    }
}
