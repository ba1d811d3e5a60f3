import TareCatalog
import TareCore

/// What all starts on a host contend for.
struct StartCapacity {
    /// Physical cores, hardware threads, and what a second thread adds to its core.
    var cores: Double
    var threads: Int
    var smtGain: Double
    /// Bytes a second of the disk or the volume card, and how long it may burst.
    var diskBaseline: Double
    var diskBurst: Double
    var diskBurstSeconds: Double
    /// Bytes that one request costs the card at least: its bandwidth over its requests a second.
    var requestCost: Double
    /// The limits of each service's volume, or of the one that all share.
    var volumes: [VolumeLimits]
    /// Whether every instance has a volume of its own.
    var hasOwnVolumes: Bool
    /// Bytes a second of link or registry, whichever is less.
    var network: Double
    /// Bytes a second of clearing memory, all together and by one thread.
    var memoryBandwidth: Double
    var memoryBandwidthOfOne: Double
    /// Bytes that instances can take, by node.
    var nodes: NodePlacement
    var isCarved: Bool
    /// Host-wide credits: core-seconds there are, and cores that drip in.
    var credits: (balance: Double, baseline: Double)?
    /// Credits or a quota of each instance of a service: cores that drip in, core-seconds there are.
    var instanceCPU: [(rate: Double, burst: Double, initial: Double)?]

    /// What a second thread on a busy core adds (assumed: 1.25 cores from two threads).
    static let smtGain = Figure.assumed(0.25, "ratio")

    init(_ context: ModelContext, room: ByteCount) throws(TareError) {
        let host = context.input.host
        cores = Double(host.cores)
        threads = host.threads
        smtGain = host.threadsPerCore > 1 ? Self.smtGain.value : 0
        diskBaseline = max(1, host.diskBandwidth)
        diskBurst = max(diskBaseline, host.diskBurstBandwidth)
        diskBurstSeconds = host.diskBurstSeconds
        requestCost = diskBurst / max(1, host.diskIOPS)
        volumes = context.volumes
        hasOwnVolumes = context.hasOwnVolumes
        let registry = context.engine.map { $0.value("registry-rate") } ?? .infinity
        network = max(1, min(host.networkBitsPerSecond / 8, registry))
        let one = try PublishedFigures.figure(id: "C-stream_triad_1s-native").base
        let two = try PublishedFigures.figure(id: "C-stream_triad_2s-native").base
        let nodeCount = Double(max(1, host.nodes.count))
        memoryBandwidth = nodeCount < 2 ? one : two * nodeCount / 2
        memoryBandwidthOfOne = one / 4
        nodes = NodePlacement(host: host, policy: context.input.memoryPolicy, room: room)
        isCarved = context.hypervisor?.carvesMemory == true
        credits = host.credits.map { ($0.balance, $0.baseline * Double(host.threads)) }
        instanceCPU = context.input.services.map { service in
            if let profile = context.hypervisor {
                let baseline = profile.value("credit-baseline")
                guard baseline > 0, baseline < 1 else { return nil }
                let threads = Double(service.vcpus)
                let balance = profile.value("credit-balance") * threads
                return (baseline * threads, max(balance, baseline * threads * 86_400), balance)
            }
            // A quota is dealt out a tenth of a second at a time (the kernel's default period).
            return service.cpuQuota.map { ($0, $0 * 0.1, $0 * 0.1) }
        }
    }
}
