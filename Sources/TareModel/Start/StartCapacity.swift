import TareCatalog
import TareCore

/// What all starts on a host contend for.
struct StartCapacity {
    /// Cores' worth of throughput: two threads on one core give 1.25 cores (assumed).
    var cores: Double
    var threads: Int
    /// Bytes a second of the disk or the volume card, and how long it may burst.
    var diskBaseline: Double
    var diskBurst: Double
    var diskBurstSeconds: Double
    /// Bytes a second of one volume.
    var volume: Double
    /// Bytes a second of link or registry, whichever is less.
    var network: Double
    /// Bytes a second of clearing memory, all together and by one thread.
    var memoryBandwidth: Double
    var memoryBandwidthOfOne: Double
    /// Bytes of memory that instances can take.
    var room: Int64
    var isCarved: Bool
    var credits: (balance: Double, baseline: Double)?

    init(_ context: ModelContext, room: ByteCount) throws(TareError) {
        let host = context.input.host
        cores = Double(host.cores) * (host.threadsPerCore > 1 ? 1.25 : 1)
        threads = host.threads
        diskBaseline = max(1, host.diskBandwidth)
        diskBurst = max(diskBaseline, host.diskBurstBandwidth)
        diskBurstSeconds = host.diskBurstSeconds
        let perVolume = context.hypervisor == nil ? "F36b" : "F35b"
        volume = host.storage == .local ? diskBurst : try PublishedFigures.figure(id: perVolume).base
        let registry = context.engine.map { $0.value("registry-rate") * 1_048_576 } ?? .infinity
        network = max(1, min(host.networkBitsPerSecond / 8, registry))
        let one = try PublishedFigures.figure(id: "C-stream_triad_1s-native").base
        memoryBandwidth = one * Double(max(1, host.nodes.count))
        memoryBandwidthOfOne = one / 4
        self.room = room.bytes
        isCarved = context.hypervisor?.carvesMemory == true
        credits = host.credits.map { ($0.balance, $0.baseline * Double(host.threads)) }
    }
}
