import TareCore
import TareLinux

/// Memory counters of the whole machine, from /proc/meminfo: what no control group and no process is charged for.
///
/// Namespaces, mounts, links and control groups are kernel memory that is made before a container's group exists, so a
/// container's cost is more than its group says. A change of these counters holds everything that happened on the machine
/// meanwhile: it is reported apart, and it is as good as the machine is quiet.
public struct MachineMemory: Sendable, Hashable, Codable {
    /// All memory that the kernel manages.
    public var total: ByteCount
    /// What a new program could get without swapping, by the kernel's estimate.
    public var available: ByteCount
    /// Pages of processes that no file stands behind.
    public var anonymous: ByteCount
    /// File pages, those of block devices' buffers included.
    public var fileCache: ByteCount
    /// Kernel objects that cannot be given back.
    public var slabUnreclaimable: ByteCount
    /// Kernel objects that can be given back: mostly names and attributes of files.
    public var slabReclaimable: ByteCount
    /// Stacks of kernel threads and system calls.
    public var kernelStacks: ByteCount
    /// Tables that map pages.
    public var pageTables: ByteCount
    /// Memory that each CPU has a copy of.
    public var perCPU: ByteCount

    enum CodingKeys: String, CodingKey {
        case total = "total_bytes"
        case available = "available_bytes"
        case anonymous = "anonymous_bytes"
        case fileCache = "file_cache_bytes"
        case slabUnreclaimable = "slab_unreclaimable_bytes"
        case slabReclaimable = "slab_reclaimable_bytes"
        case kernelStacks = "kernel_stack_bytes"
        case pageTables = "page_table_bytes"
        case perCPU = "per_cpu_bytes"
    }

    /// The kernel's own memory that cannot be given back while its objects are in use.
    public var kernel: ByteCount { slabUnreclaimable + kernelStacks + pageTables + perCPU }

    private static let fields = KernelFields([
        "MemTotal", "MemAvailable", "AnonPages", "Cached", "Buffers", "SUnreclaim", "SReclaimable", "KernelStack",
        "PageTables", "Percpu",
    ])

    /// The rule behind `MachineMemoryProbe`.
    static func parse(_ text: Span<UInt8>) -> MachineMemory? {
        let values = fields.values(in: text)
        guard let total = values[0], let available = values[1] else { return nil }
        return MachineMemory(
            total: total,
            available: available,
            anonymous: values[2] ?? .zero,
            fileCache: (values[3] ?? .zero) + (values[4] ?? .zero),
            slabUnreclaimable: values[5] ?? .zero,
            slabReclaimable: values[6] ?? .zero,
            kernelStacks: values[7] ?? .zero,
            pageTables: values[8] ?? .zero,
            perCPU: values[9] ?? .zero
        )
    }
}

/// Reads the machine's memory counters again and again with one descriptor.
public struct MachineMemoryProbe: ~Copyable {
    private var file: RereadFile

    /// Opens /proc/meminfo.
    public init() throws(TareError) { file = try RereadFile("/proc/meminfo", capacity: 4096) }

    /// The counters now; some microseconds.
    ///
    /// - Throws: `corrupt` where the kernel's file lacks what every kernel has.
    public mutating func now() throws(TareError) -> MachineMemory {
        if let found = try file.withBytes({ MachineMemory.parse($0) }) { return found }
        throw TareError(.corrupt, subject: "/proc/meminfo", "cannot find MemTotal and MemAvailable in it")
    }
}
