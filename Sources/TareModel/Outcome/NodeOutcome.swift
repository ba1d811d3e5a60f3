import TareCore

/// What a page frame is used for.
public enum PageClass: String, Sendable, Codable, CaseIterable {
    /// Kernel image, per-CPU areas and what the kernel reserves.
    case kernel
    /// The array that describes every page frame: 64 bytes each, 1.6% of all memory, used or not.
    case pageStructs = "page-structs"
    /// Kernel objects: slab, namespaces, control groups.
    case slab
    /// Page tables of guests.
    case pageTables = "page-tables"
    /// Private pages of processes, guests' memory on a host with demand paging among them.
    case anonymous
    /// File pages by content identity.
    case file
    /// Memory assigned to guests as a whole, in large pages.
    case huge
    /// What the hypervisor and its processes keep.
    case vmm
    /// Nobody's.
    case free
}

/// The page frames of one NUMA node.
public struct NodeOutcome: Sendable, Hashable {
    /// The node's memory.
    public var memory: ByteCount
    /// How far it is from node 0 (10 = itself).
    public var distance: Int
    /// Bytes by class, `free` included: together exactly `memory`.
    public var classes: [PageClass: ByteCount]

    /// Makes a node.
    public init(memory: ByteCount, distance: Int, classes: [PageClass: ByteCount]) {
        self.memory = memory
        self.distance = distance
        self.classes = classes
    }
}
