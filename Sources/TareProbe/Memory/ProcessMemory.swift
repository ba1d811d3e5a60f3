import TareCore
import TareLinux

/// Resident memory of processes by two weights, from /proc/PID/smaps_rollup.
///
/// `rss` counts a shared page in every process that maps it; `pss` divides it by the number of mappings, so that a sum of
/// `pss` over processes counts each page once and a sum of `rss` means nothing for a host.
public struct ProcessMemory: Sendable, Hashable, Codable {
    /// Resident pages.
    public var rss: ByteCount
    /// Resident pages, shared ones in proportion.
    public var pss: ByteCount
    /// The part of `pss` that no file stands behind.
    public var pssAnonymous: ByteCount
    /// The part of `pss` that is file pages.
    public var pssFile: ByteCount
    /// The part of `pss` that is shared memory.
    public var pssShared: ByteCount
    /// Pages that only this process maps: what the machine gets back when it ends.
    public var unshared: ByteCount

    enum CodingKeys: String, CodingKey {
        case rss = "rss_bytes"
        case pss = "pss_bytes"
        case pssAnonymous = "pss_anonymous_bytes"
        case pssFile = "pss_file_bytes"
        case pssShared = "pss_shared_bytes"
        case unshared = "unshared_bytes"
    }

    /// Nothing.
    public static let zero = ProcessMemory(
        rss: .zero,
        pss: .zero,
        pssAnonymous: .zero,
        pssFile: .zero,
        pssShared: .zero,
        unshared: .zero
    )

    private static let fields = KernelFields([
        "Rss", "Pss", "Pss_Anon", "Pss_File", "Pss_Shmem", "Private_Clean", "Private_Dirty",
    ])

    /// The memory of a process now.
    ///
    /// The kernel walks the process's page tables: some 20 us a megabyte that is resident.
    ///
    /// - Parameter process: its number in this namespace.
    /// - Returns: its memory; `nil` where it has gone or has no memory of its own, as a kernel thread.
    /// - Throws: `noPermission` for another user's process.
    public static func now(of process: Int32) throws(TareError) -> ProcessMemory? {
        do throws(TareError) {
            var file = try RereadFile("/proc/\(process)/smaps_rollup", capacity: 1024)
            return try file.withBytes { parse($0) }
        } catch {
            // ESRCH while reading is a process that has just ended.
            if error.code == .notFound || error.errno == 3 { return nil }
            throw error
        }
    }

    /// The rule behind `now(of:)`.
    static func parse(_ text: Span<UInt8>) -> ProcessMemory? {
        let values = fields.values(in: text)
        guard let rss = values[0], let pss = values[1] else { return nil }
        return ProcessMemory(
            rss: rss,
            pss: pss,
            pssAnonymous: values[2] ?? .zero,
            pssFile: values[3] ?? .zero,
            pssShared: values[4] ?? .zero,
            unshared: (values[5] ?? .zero) + (values[6] ?? .zero)
        )
    }

    /// The sum of several processes; those that have gone count nothing.
    ///
    /// - Throws: `noPermission` for another user's process.
    public static func sum(of processes: [Int32]) throws(TareError) -> ProcessMemory {
        var sum = zero
        for process in processes { if let one = try now(of: process) { sum += one } }
        return sum
    }

    /// The sum of two.
    public static func += (left: inout ProcessMemory, right: ProcessMemory) {
        left.rss += right.rss
        left.pss += right.pss
        left.pssAnonymous += right.pssAnonymous
        left.pssFile += right.pssFile
        left.pssShared += right.pssShared
        left.unshared += right.unshared
    }
}
