import Glibc
import TareCore
import TareLinux

/// One process of a container, as `top` shows it.
public struct ContainerProcess: Sendable, Hashable, Codable {
    /// Its number on the host.
    public var pid: Int32
    /// Its number in the container.
    public var innerPid: Int32
    /// Its parent's number on the host.
    public var parent: Int32
    /// Its user's number on the host.
    public var user: UInt32
    /// The kernel's letter: R runs, S sleeps, D waits for a disk, Z has ended, T is stopped.
    public var state: String
    /// Resident memory; pages that it shares with others are in it.
    public var resident: ByteCount
    /// CPU time in seconds.
    public var cpu: Double
    /// Its words; its short name in brackets where it has none.
    public var command: String

    enum CodingKeys: String, CodingKey {
        case pid, parent, user, state, command
        case innerPid = "inner_pid"
        case resident = "resident_bytes"
        case cpu = "cpu_seconds"
    }

    /// Reads one; `nil` where it has ended meanwhile.
    init?(_ pid: Int32) {
        guard let status = try? FileReading.text(at: "/proc/\(pid)/status"),
            let line = try? FileReading.text(at: "/proc/\(pid)/stat"),
            // The name is in parentheses and may hold some itself.
            let close = line.lastIndex(of: ")"), let open = line.firstIndex(of: "(")
        else { return nil }
        func field(_ name: String) -> [Substring] {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line?.split(whereSeparator: { $0 == "\t" || $0 == " " }).dropFirst().map { $0 } ?? []
        }
        // From the third field of stat(5) on: state, parent.
        let fields = line[line.index(after: close)...].split(separator: " ")
        guard fields.count > 13, let parent = Int32(fields[1]) else { return nil }
        self.pid = pid
        self.parent = parent
        innerPid = field("NSpid").last.flatMap { Int32($0) } ?? pid
        user = field("Uid").dropFirst().first.flatMap { UInt32($0) } ?? 0
        state = String(fields[0])
        resident = .kibibytes(field("VmRSS").first.flatMap { Int64($0) } ?? 0)
        let ticks = (UInt64(fields[11]) ?? 0) + (UInt64(fields[12]) ?? 0)
        cpu = Double(ticks) / Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        let bytes = (try? FileReading.bytes(at: "/proc/\(pid)/cmdline")) ?? []
        let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        command = words.isEmpty ? "[\(line[line.index(after: open)..<close])]" : words.joined(separator: " ")
    }
}
