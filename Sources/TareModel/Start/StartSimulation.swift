import TareCore
import TareSimulation

/// All starts on one host: every instance walks its plan, and all contend for cores, disk, network, memory bandwidth and
/// kernel locks.
///
///     arrive -> admit -> [gate -> lock -> wait -> network -> disk -> memory -> CPU] per step -> answered
///
/// State is a few arrays, under 1 KiB an instance; a run is O(s log n) for s steps.
struct StartSimulation: SimulationModel, ~Copyable {
    /// What happens next; a job is `instance << 8 | step`.
    enum Event: BitwiseCopyable {
        case arrive(UInt32)
        case timer(UInt64)
        case cpu
        case disk
        case network
        case memory
        case credit
        case burst
    }

    /// A job in a shared resource, and the earliest time that another limit lets it end.
    struct Held: BitwiseCopyable, Sendable {
        var job: UInt64
        var until: Int64
    }

    /// What is done once for the host.
    enum Gate {
        case closed
        case busy
        case open
    }

    /// The shared resources whose jobs changed.
    struct Changes {
        var cpu = false
        var disk = false
        var network = false
        var memory = false
    }

    /// The ends of an instance.
    enum End {
        static let running: UInt8 = 0
        static let ready: UInt8 = 1
        static let ownMemory: UInt8 = 2
        static let hostMemory: UInt8 = 3
        static let noMemory: UInt8 = 4
        static let noCPU: UInt8 = 5
    }

    let table: StepTable
    let service: [UInt16]
    let isCarved: Bool
    let need: [Int64]
    let own: [ByteCount]
    var freeThreads: Int
    var ends: [Int64]
    var outcome: [UInt8]
    /// The factor of each instance's platform work, of its service's, and of its CPU work by where its memory is.
    var factors: [Float]
    var memoryFactor: [Float]
    var home: [UInt8]
    var nodes: NodePlacement
    /// Bytes by service and node.
    var nodeBytes: [Int64]
    var stage: [UInt8]
    var remaining: [UInt8]
    var busyCPU: [UInt16]
    var waitingCPU: [UInt64]
    var gates: [Gate]
    var gateQueues: [[UInt64]]
    var locks = [FIFOLock<UInt64>(), FIFOLock<UInt64>()]
    var cpu: ProcessorSharing<Held>
    var disk: ProcessorSharing<Held>
    var network: ProcessorSharing<UInt64>
    var memory: ProcessorSharing<UInt64>
    let diskShares: [ShareClass]
    let memoryShare: ShareClass
    let requestCost: Double
    let hasOwnVolumes: Bool
    var volumes: [VolumeState]
    var cpuBuckets: [TokenBucket]
    let hasBucket: [Bool]
    let cores: Int
    let threads: Int
    let smtGain: Double
    var cpuCapacity: Double
    var credit: FluidBucket?
    var creditChange: EventToken?
    var burst: FluidBucket?
    var burstChange: EventToken?
    let diskBurst: Double
    /// Resources whose jobs changed in this event: each is armed once, after all changes.
    var changed = Changes()
    /// What was moved and computed: for checks of conservation.
    var moved = (network: 0.0, disk: 0.0, cpu: 0.0)
    /// Core-seconds that instances of each service spent from their credits.
    var spent: [Double]

    init(
        table: StepTable,
        service: [UInt16],
        factors: [Float],
        capacity: StartCapacity,
        need: [Int64],
        own: [ByteCount]
    ) {
        self.table = table
        self.service = service
        self.factors = factors
        self.need = need
        self.own = own
        isCarved = capacity.isCarved
        freeThreads = capacity.threads
        nodes = capacity.nodes
        let count = service.count
        let cells = count * table.stride
        ends = Array(repeating: -1, count: cells)
        stage = Array(repeating: 0, count: cells)
        remaining = Array(repeating: 0, count: cells)
        outcome = Array(repeating: End.running, count: count)
        busyCPU = Array(repeating: 0, count: count)
        waitingCPU = Array(repeating: 0, count: count)
        let hasNodes = capacity.nodes.count > 1
        memoryFactor = hasNodes ? Array(repeating: 1, count: count) : []
        home = hasNodes ? Array(repeating: 0, count: count) : []
        nodeBytes = Array(repeating: 0, count: need.count * capacity.nodes.count)
        gates = Array(repeating: .closed, count: table.gates)
        gateQueues = Array(repeating: [], count: table.gates)
        cores = Int(capacity.cores)
        threads = capacity.threads
        smtGain = capacity.smtGain
        cpuCapacity = capacity.cores
        cpu = ProcessorSharing(capacity: capacity.cores)
        disk = ProcessorSharing(capacity: capacity.diskBurst)
        network = ProcessorSharing(capacity: capacity.network)
        memory = ProcessorSharing(capacity: capacity.memoryBandwidth)
        diskBurst = capacity.diskBurst
        diskShares = capacity.volumes.map {
            ShareClass(weight: 1, cap: max($0.throughput, $0.operations * capacity.requestCost))
        }
        memoryShare = ShareClass(weight: 1, cap: capacity.memoryBandwidthOfOne)
        requestCost = capacity.requestCost
        hasOwnVolumes = capacity.hasOwnVolumes
        let volumes = capacity.volumes.map { VolumeState($0) }
        self.volumes = hasOwnVolumes ? service.map { volumes[Int($0)] } : volumes
        hasBucket = capacity.instanceCPU.map { $0 != nil }
        let buckets = capacity.instanceCPU.map { limit in
            limit.map { TokenBucket(rate: $0.rate, burst: $0.burst, initial: $0.initial) }
                ?? TokenBucket(rate: 1, burst: 0)
        }
        cpuBuckets = hasBucket.contains(true) ? service.map { buckets[Int($0)] } : []
        spent = Array(repeating: 0, count: need.count)
        credit = capacity.credits.map { FluidBucket(baseline: $0.baseline, balance: $0.balance) }
        if capacity.diskBurst > capacity.diskBaseline {
            burst = FluidBucket(
                baseline: capacity.diskBaseline,
                balance: (capacity.diskBurst - capacity.diskBaseline) * capacity.diskBurstSeconds)
        }
    }

    mutating func handle(_ event: Event, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrive(let instance): arrive(Int(instance), at: time, &scheduler)
        case .timer(let job): advance(job, at: time, &scheduler)
        case .cpu:
            while let held = cpu.finished(at: time) { release(held, at: time, &scheduler) }
            changed.cpu = true
        case .disk:
            while let held = disk.finished(at: time) { release(held, at: time, &scheduler) }
            changed.disk = true
        case .network:
            while let job = network.finished(at: time) { advance(job, at: time, &scheduler) }
            changed.network = true
        case .memory:
            while let job = memory.finished(at: time) { advance(job, at: time, &scheduler) }
            changed.memory = true
        case .credit: changed.cpu = true
        case .burst: changed.disk = true
        }
        if changed.cpu { rearmCPU(at: time, &scheduler) }
        if changed.disk { rearmDisk(at: time, &scheduler) }
        if changed.network { network.arm(.network, on: &scheduler) }
        if changed.memory { memory.arm(.memory, on: &scheduler) }
        changed = Changes()
    }

    /// Moves a job on whose shared resource is done, once its other limit lets it.
    private mutating func release(_ held: Held, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        if held.until > time.nanoseconds {
            scheduler.schedule(.timer(held.job), at: SimTime(nanoseconds: held.until))
        } else {
            advance(held.job, at: time, &scheduler)
        }
    }

    private mutating func arrive(_ instance: Int, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let kind = Int(service[instance])
        if !home.isEmpty { home[instance] = UInt8(clamping: nodes.emptiest) }
        if isCarved {
            guard freeThreads >= table.widths[kind] else {
                outcome[instance] = End.noCPU
                return
            }
            guard take(instance, kind) else {
                outcome[instance] = End.noMemory
                return
            }
            freeThreads -= table.widths[kind]
        }
        let row = instance * table.stride
        let first = kind * table.stride
        for index in 0..<table.counts[kind] { remaining[row + index] = table.work[first + index].before }
        for index in 0..<table.counts[kind] where table.work[first + index].before == 0 {
            advance(UInt64(instance) << 8 | UInt64(index), at: time, &scheduler)
        }
    }

    /// Takes an instance's memory from the nodes; its CPU work then costs what its distance costs.
    mutating func take(_ instance: Int, _ kind: Int) -> Bool {
        let node = home.isEmpty ? 0 : Int(home[instance])
        guard let factor = nodes.take(need[kind], home: node, parts: &nodeBytes, at: kind * nodes.count) else {
            return false
        }
        if !memoryFactor.isEmpty { memoryFactor[instance] = Float(factor) }
        return true
    }
}
