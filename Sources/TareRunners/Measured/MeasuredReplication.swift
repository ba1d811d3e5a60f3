import TareCore
import TareProbe

/// All that was weighed in one replication of real containers.
struct MeasuredReplication: Sendable {
    /// The containers, those that did not answer too.
    var instances: [MeasuredInstance] = []
    /// Bytes of each service's image by weight: unpacked layers and packed ones.
    var images: [ImageWeights] = []
    /// The promised memory of one instance of each service.
    var configured: [ByteCount] = []
    /// What the stores grew by from before the first container was asked for until all had answered.
    var added = DiskBlocks.zero
    /// The same for the whole file system: everybody's.
    var fileSystemAdded: Double = 0
    /// The machine's counters before and while all ran.
    var before: MachineMemory?
    var during: MachineMemory?
    /// The host's own system before.
    var hostSystem: HostSystemMemory?
    /// Memory of helpers that no single container has: `tare-net`.
    var helpers = ProcessMemory.zero
    /// CPU seconds of Tare's own process and its children while containers were started.
    var engineSeconds = 0.0
    /// How exact the answers' times are, in seconds.
    var resolution = 0.0
    /// What a reader should know.
    var warnings: [String] = []

    /// What an image takes.
    struct ImageWeights: Sendable {
        /// Its layers by the digest of the chain up to each, lowest first.
        var layers: [(key: String, blocks: DiskBlocks, packed: ByteCount)] = []
    }
}
