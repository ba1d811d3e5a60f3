/// The four weights of a disk.
///
/// There is no bare word "size" in Tare.
public enum DiskWeight: String, Codable, Sendable, CaseIterable, Hashable {
    /// What the instance is told it has: the size of its volume.
    case virtual
    /// The blocks that are taken on the host.
    case allocated
    /// The bytes of the files inside, hard links once.
    case used
    /// The bytes that travel: compressed.
    case wire

    /// The quantity's name in samples and claims: `disk.used`.
    public var quantity: String { "disk.\(rawValue)" }
}

/// The five weights of memory.
public enum MemoryWeight: String, Codable, Sendable, CaseIterable, Hashable {
    /// What the instance was promised: the guest's memory, a container's limit.
    case configured
    /// The resident pages of the guest's process on the host, or of the container's processes.
    case vmmRSS = "vmm_rss"
    /// Resident pages with shared ones counted in proportion.
    case pss
    /// What the control group charges, less inactive file pages.
    case cgroupWorkingSet = "cgroup_working_set"
    /// File pages that could be given back.
    case pageCache = "page_cache"

    /// The quantity's name in samples and claims: `mem.pss`.
    public var quantity: String { "mem.\(rawValue)" }
}

/// The named events of one start, in their order.
///
/// A duration is always a pair of them.
public enum StartMark: String, Codable, Sendable, CaseIterable, Hashable {
    /// Somebody asked for the instance.
    case request
    /// The virtual machine monitor, or the container's first process, exists.
    case spawned = "vmm-spawned"
    /// The guest kernel's first instruction; for a container equal to `spawned`.
    case kernelEntry = "kernel-entry"
    /// The first user process of the instance.
    case initStarted = "init"
    /// The service says that it is ready.
    case serviceReady = "service-ready"
    /// The first real answer was received.
    case firstResponse = "first-response"

    /// The name of the duration from the request to this mark: `start.first-response`.
    public var quantity: String { "start.\(rawValue)" }
}

/// The two sides of the comparison.
public enum Platform: String, Codable, Sendable, CaseIterable, Hashable {
    /// A guest VM under a hypervisor.
    case vm
    /// A container under one engine on one host OS.
    case container
}

/// How a number was obtained in a run.
public enum RunMode: String, Codable, Sendable, CaseIterable, Hashable {
    /// By the discrete-event model.
    case simulate
    /// On this machine, for real.
    case measure
}
