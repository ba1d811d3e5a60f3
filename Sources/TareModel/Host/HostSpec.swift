import TareCatalog
import TareCore

/// The host that both arms run on: what there is to share.
///
/// Built from an EC2 catalogue row, from this machine's facts, or from numbers of the user's own. A metal row is a whole
/// host; a virtual row is a slice of one, whose memory is what its own guest kernel sees.
public struct HostSpec: Sendable, Hashable {
    /// What the disk is behind.
    public enum Storage: Sendable, Hashable {
        /// Drives inside the host.
        case local
        /// Volumes behind a network card, each with a limit of its own.
        case blockVolumes
    }

    /// A NUMA node's memory, and how far it is from node 0 (10 = local, as firmware tables count).
    public struct Node: Sendable, Hashable {
        /// Memory of the node.
        public var memory: ByteCount
        /// Distance from node 0.
        public var distance: Int

        /// Makes a node.
        public init(memory: ByteCount, distance: Int) {
            self.memory = memory
            self.distance = distance
        }
    }

    /// The CPU credits of a burstable size.
    public struct Credits: Sendable, Hashable {
        /// The share of every hardware thread that can be used for ever, 0 to 1.
        public var baseline: Double
        /// Core-seconds above the baseline that are there at the start.
        public var balance: Double

        /// Makes credits.
        public init(baseline: Double, balance: Double) {
            self.baseline = baseline
            self.balance = balance
        }
    }

    /// The catalogue row's name, `this`, or the user's word.
    public var name: String
    /// Physical cores.
    public var cores: Int
    /// Hardware threads a core: 1 or 2.
    public var threadsPerCore: Int
    /// `x86_64` or `arm64`: decides what the kernel keeps of memory.
    public var architecture: String
    /// Memory before any kernel took its part.
    public var memory: ByteCount
    /// NUMA nodes; their memories add up to `memory`.
    public var nodes: [Node]
    /// Distances between nodes as firmware tables count them, where they are known; `nodes` says them from node 0.
    public var distances: [[Int]]?
    /// Where disks are.
    public var storage: Storage
    /// Room for images, clones and writable layers; `nil` where nothing limits it.
    public var diskCapacity: ByteCount?
    /// Bytes a second that the disk or the volume card keeps up for ever.
    public var diskBandwidth: Double
    /// Bytes a second while it may burst; equal to `diskBandwidth` where it never does.
    public var diskBurstBandwidth: Double
    /// Seconds of full burst that are there at the start.
    public var diskBurstSeconds: Double
    /// Requests a second.
    public var diskIOPS: Double
    /// Bits a second of the network link.
    public var networkBitsPerSecond: Double
    /// Addresses that the host's network interfaces can hold; `nil` where nothing limits them.
    public var addresses: Int?
    /// CPU credits of a burstable size.
    public var credits: Credits?
    /// Price in USD an hour; `nil` where none is known.
    public var pricePerHour: Figure?
    /// The figures that it was made from, by name.
    public var constants: [String: Figure]

    /// Makes a host from numbers.
    ///
    /// - Parameters:
    ///   - name: the host's name in reports.
    ///   - cores: physical cores, at least 1.
    ///   - threadsPerCore: hardware threads a core.
    ///   - architecture: `x86_64` or `arm64`.
    ///   - memory: all memory.
    ///   - numaNodes: equal nodes that the memory is split into; remote ones at distance 21.
    ///   - storage: local drives or volumes behind a card.
    ///   - diskCapacity: room, or `nil` for no limit.
    ///   - diskBandwidth: bytes a second.
    ///   - diskIOPS: requests a second.
    ///   - networkBitsPerSecond: bits a second.
    ///   - pricePerHour: USD an hour.
    public init(
        name: String,
        cores: Int,
        threadsPerCore: Int = 1,
        architecture: String = "x86_64",
        memory: ByteCount,
        numaNodes: Int = 1,
        storage: Storage = .local,
        diskCapacity: ByteCount? = nil,
        diskBandwidth: Double = 2e9,
        diskIOPS: Double = 300_000,
        networkBitsPerSecond: Double = 10e9,
        pricePerHour: Figure? = nil
    ) {
        self.name = name
        self.cores = max(1, cores)
        self.threadsPerCore = max(1, threadsPerCore)
        self.architecture = architecture
        self.memory = memory
        let count = Int64(max(1, numaNodes))
        nodes = (0..<count).map { index in
            let share = memory.bytes / count + (index == 0 ? memory.bytes % count : 0)
            return Node(memory: ByteCount(share), distance: index == 0 ? 10 : 21)
        }
        self.storage = storage
        self.diskCapacity = diskCapacity
        self.diskBandwidth = diskBandwidth
        diskBurstBandwidth = diskBandwidth
        diskBurstSeconds = 0
        self.diskIOPS = diskIOPS
        self.networkBitsPerSecond = networkBitsPerSecond
        self.pricePerHour = pricePerHour
        constants = [:]
    }

    /// Hardware threads.
    public var threads: Int { cores * threadsPerCore }

    /// The distance between two nodes: 10 for the same one.
    public func distance(_ left: Int, _ right: Int) -> Int {
        if let distances, distances.indices.contains(left), distances[left].indices.contains(right) {
            return distances[left][right]
        }
        if left == right { return 10 }
        return max(nodes[left].distance, nodes[right].distance)
    }
}
