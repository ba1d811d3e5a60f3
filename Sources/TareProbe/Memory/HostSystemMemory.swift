import Glibc
import TareCore
import TareLinux

/// What the host's own operating system takes of its memory: the part that every container of the host stands on.
///
/// Four parts are added: pages that the kernel keeps for itself at the start (present but not managed, /proc/zoneinfo:
/// mostly one page structure a page), the kernel's objects that cannot be given back, and the proportional memory of those
/// programs whose files belong to the operating system (below /usr, /bin, /sbin and /lib). Programs from elsewhere are
/// somebody's work and no part of the system. File pages that could be given back are not counted.
public struct HostSystemMemory: Sendable, Hashable, Codable {
    /// Kept by the kernel at the start.
    public var reserved: ByteCount
    /// The kernel's objects.
    public var kernel: ByteCount
    /// The system's programs, shared pages in proportion.
    public var programs: ByteCount
    /// How many programs that is.
    public var programCount: Int

    enum CodingKeys: String, CodingKey {
        case reserved = "reserved_bytes"
        case kernel = "kernel_bytes"
        case programs = "programs_bytes"
        case programCount = "programs"
    }

    /// All parts.
    public var total: ByteCount { reserved + kernel + programs }

    /// The host's memory now.
    ///
    /// - Parameters:
    ///   - machine: the machine's counters of the same moment.
    ///   - excluding: processes that are not the system's though their files are, such as Tare's own supervisors.
    /// - Complexity: O(processes), their page tables once.
    /// - Throws: `TareError` where /proc cannot be listed.
    public static func now(machine: MachineMemory, excluding: Set<Int32> = []) throws(TareError) -> HostSystemMemory {
        var found = HostSystemMemory(reserved: .zero, kernel: machine.kernel, programs: .zero, programCount: 0)
        if let text = FileReading.valueIfPresent(at: "/proc/zoneinfo") { found.reserved = reserved(text) }
        for name in try FolderNames.list("/proc") {
            guard let process = Int32(name), !excluding.contains(process), isOfSystem(process) else { continue }
            guard let memory = try? ProcessMemory.now(of: process) else { continue }
            found.programs += memory.pss
            found.programCount += 1
        }
        return found
    }

    /// Pages that are present and not managed, in bytes.
    static func reserved(_ text: String) -> ByteCount {
        var pages: Int64 = 0
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count == 2, let count = Int64(words[1]) else { continue }
            if words[0] == "present" { pages += count }
            if words[0] == "managed" { pages -= count }
        }
        return ByteCount(max(0, pages) * Int64(sysconf(Int32(_SC_PAGESIZE))))
    }

    private static func isOfSystem(_ process: Int32) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = readlink("/proc/\(process)/exe", &bytes, bytes.count)
        guard count > 0 else { return false }
        let path = String(decoding: bytes[..<count], as: UTF8.self)
        return ["/usr/", "/bin/", "/sbin/", "/lib/"].contains { path.hasPrefix($0) }
    }
}
