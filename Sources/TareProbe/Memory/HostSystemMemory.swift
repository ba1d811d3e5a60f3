import Glibc
import TareCore
import TareLinux

/// What the host's own operating system takes of its memory: the part that every container of the host stands on.
///
/// Three parts are added: what the kernel keeps for itself from the start (its image and one structure a page), the
/// kernel's objects that cannot be given back, and the proportional memory of those programs whose files belong to the
/// operating system (below /usr, /bin, /sbin and /lib). Programs from elsewhere are somebody's work and no part of the
/// system. File pages that could be given back are not counted.
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
    /// - Returns: its parts.
    /// - Complexity: O(processes), their page tables once.
    /// - Throws: `TareError` where /proc cannot be listed.
    public static func now(machine: MachineMemory, excluding: Set<Int32> = []) throws(TareError) -> HostSystemMemory {
        var found = HostSystemMemory(reserved: .zero, kernel: machine.kernel, programs: .zero, programCount: 0)
        found.reserved = reserved(
            counters: FileReading.valueIfPresent(at: "/proc/vmstat") ?? "",
            regions: FileReading.valueIfPresent(at: "/proc/iomem") ?? "",
            zones: FileReading.valueIfPresent(at: "/proc/zoneinfo") ?? ""
        )
        for name in try FolderNames.list("/proc") {
            guard let process = Int32(name), !excluding.contains(process), isOfSystem(process) else { continue }
            guard let memory = try? ProcessMemory.now(of: process) else { continue }
            found.programs += memory.pss
            found.programCount += 1
        }
        return found
    }

    /// Page structures and the kernel's image, in bytes.
    ///
    /// Kernels from 6.12 on count the pages of their page structures. With an older one it is what is present and not
    /// managed, which a balloon's pages are as well: then it is at most a fiftieth of the memory that is present, the
    /// structures' 64 bytes a page and as much again for the image.
    static func reserved(counters: String, regions: String, zones: String) -> ByteCount {
        let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
        func sum(_ text: String, _ name: String) -> Int64? {
            var found: Int64?
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count == 2, words[0] == name, let count = Int64(words[1]) { found = (found ?? 0) + count }
            }
            return found
        }
        if let boot = sum(counters, "nr_memmap_boot_pages") ?? sum(counters, "nr_memmap_boot") {
            let later = sum(counters, "nr_memmap_pages") ?? sum(counters, "nr_memmap") ?? 0
            return ByteCount((boot + later) * page) + image(regions)
        }
        let present = sum(zones, "present") ?? 0
        let unmanaged = max(0, present - (sum(zones, "managed") ?? present))
        return ByteCount(min(unmanaged, present / 50) * page)
    }

    /// The kernel's code and data, by their lines of /proc/iomem; root only, else nothing.
    private static func image(_ regions: String) -> ByteCount {
        var bytes: Int64 = 0
        for line in regions.split(separator: "\n") where line.contains(": Kernel ") {
            let ends = line.split(separator: ":")[0].filter { $0 != " " }.split(separator: "-")
            guard ends.count == 2, let first = Int64(ends[0], radix: 16), let last = Int64(ends[1], radix: 16),
                last > first
            else { continue }
            bytes += last - first + 1
        }
        return ByteCount(bytes)
    }

    private static func isOfSystem(_ process: Int32) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = readlink("/proc/\(process)/exe", &bytes, bytes.count)
        guard count > 0 else { return false }
        let path = String(decoding: bytes[..<count], as: UTF8.self)
        return ["/usr/", "/bin/", "/sbin/", "/lib/"].contains { path.hasPrefix($0) }
    }
}
