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
    }

    private enum Gate {
        case closed
        case busy([UInt64])
        case open
    }

    let plans: [StartPlan]
    let stride: Int
    let service: [UInt16]
    let requested: [Int64]
    let isCarved: Bool
    let need: [Int64]
    let own: [ByteCount]
    let gates: [Int]
    var room: Int64
    var threads: Int
    var starts: [Int64]
    var ends: [Int64]
    var outcome: [UInt8]
    private var gateStates: [Gate]
    private var stage: [UInt8]
    private var remaining: [UInt8]
    private var busyCPU: [UInt16]
    private var waitingCPU: [UInt64]
    private var factors: [Float]
    private var successors: [[[Int]]]
    private var cpu: ProcessorSharing<UInt64>
    private var disk: ProcessorSharing<UInt64>
    private var network: ProcessorSharing<UInt64>
    private var memory: ProcessorSharing<UInt64>
    private var locks = [FIFOLock<UInt64>(), FIFOLock<UInt64>()]
    private let diskShare: ShareClass
    private let memoryShare: ShareClass
    private var credit: (work: Double, baseline: Double, spent: Double)?
    private var burst: (bytes: Double, baseline: Double, spent: Double)?

    /// The ends of an instance.
    enum End {
        static let running: UInt8 = 0
        static let ready: UInt8 = 1
        static let ownMemory: UInt8 = 2
        static let hostMemory: UInt8 = 3
        static let noMemory: UInt8 = 4
        static let noCPU: UInt8 = 5
    }

    init(
        plans: [StartPlan],
        service: [UInt16],
        requested: [Int64],
        factors: [Float],
        capacity: StartCapacity,
        need: [Int64],
        own: [ByteCount]
    ) {
        self.plans = plans
        self.service = service
        self.requested = requested
        self.factors = factors
        self.need = need
        self.own = own
        isCarved = capacity.isCarved
        room = capacity.room
        threads = capacity.threads
        let stride = plans.map(\.tasks.count).max() ?? 0
        self.stride = stride
        let count = service.count
        starts = Array(repeating: -1, count: count * stride)
        ends = Array(repeating: -1, count: count * stride)
        stage = Array(repeating: 0, count: count * stride)
        remaining = Array(repeating: 0, count: count * stride)
        outcome = Array(repeating: End.running, count: count)
        busyCPU = Array(repeating: 0, count: count)
        waitingCPU = Array(repeating: 0, count: count)
        var names: [String: Int] = [:]
        var gates: [Int] = []
        successors = plans.map { plan in
            var next: [[Int]] = Array(repeating: [], count: plan.tasks.count)
            for (index, task) in plan.tasks.enumerated() { for before in task.after { next[before].append(index) } }
            return next
        }
        for plan in plans {
            for index in 0..<stride {
                guard index < plan.tasks.count, let once = plan.tasks[index].once else {
                    gates.append(-1)
                    continue
                }
                if names[once] == nil { names[once] = names.count }
                gates.append(names[once] ?? -1)
            }
        }
        self.gates = gates
        gateStates = Array(repeating: .closed, count: names.count)
        cpu = ProcessorSharing(capacity: capacity.cores)
        disk = ProcessorSharing(capacity: capacity.diskBurst)
        network = ProcessorSharing(capacity: capacity.network)
        memory = ProcessorSharing(capacity: capacity.memoryBandwidth)
        diskShare = ShareClass(weight: 1, cap: capacity.volume)
        memoryShare = ShareClass(weight: 1, cap: capacity.memoryBandwidthOfOne)
        if let credits = capacity.credits { credit = (credits.balance, credits.baseline, 0) }
        if capacity.diskBurst > capacity.diskBaseline {
            burst = (capacity.diskBurst * capacity.diskBurstSeconds, capacity.diskBaseline, 0)
        }
    }

    mutating func handle(_ event: Event, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrive(let instance): arrive(Int(instance), at: time, &scheduler)
        case .timer(let job): advance(job, at: time, &scheduler)
        case .cpu:
            while let job = cpu.finished(at: time) {
                releaseCPU(Int(job >> 8), at: time)
                advance(job, at: time, &scheduler)
            }
            cpu.arm(.cpu, on: &scheduler)
        case .disk:
            while let job = disk.finished(at: time) { advance(job, at: time, &scheduler) }
            disk.arm(.disk, on: &scheduler)
        case .network:
            while let job = network.finished(at: time) { advance(job, at: time, &scheduler) }
            network.arm(.network, on: &scheduler)
        case .memory:
            while let job = memory.finished(at: time) { advance(job, at: time, &scheduler) }
            memory.arm(.memory, on: &scheduler)
        }
    }

    private mutating func arrive(_ instance: Int, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let kind = Int(service[instance])
        let plan = plans[kind]
        if isCarved {
            if threads < plan.width {
                outcome[instance] = End.noCPU
                return
            }
            guard take(kind) else {
                outcome[instance] = End.noMemory
                return
            }
            threads -= plan.width
        }
        for (index, task) in plan.tasks.enumerated() {
            remaining[instance * stride + index] = UInt8(task.after.count)
        }
        for (index, task) in plan.tasks.enumerated() where task.after.isEmpty {
            advance(UInt64(instance) << 8 | UInt64(index), at: time, &scheduler)
        }
    }

    private mutating func take(_ kind: Int) -> Bool {
        guard room >= need[kind] else { return false }
        room -= need[kind]
        return true
    }

    /// Moves a job to its next stage that has work.
    private mutating func advance(_ job: UInt64, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let instance = Int(job >> 8)
        let index = Int(job & 255)
        let cell = instance * stride + index
        let kind = Int(service[instance])
        let task = plans[kind].tasks[index]
        let factor = Double(factors[instance * 2 + (task.isService ? 1 : 0)])
        while true {
            let now = stage[cell]
            stage[cell] = now + 1
            switch now {
            case 0:
                starts[cell] = time.nanoseconds
                if task.isService, !serve(instance, kind) { return }
                let gate = gates[kind * stride + index]
                guard gate >= 0 else { continue }
                switch gateStates[gate] {
                case .open: stage[cell] = 9
                case .closed: gateStates[gate] = .busy([])
                case .busy(var jobs):
                    gateStates[gate] = .open
                    jobs.append(job)
                    gateStates[gate] = .busy(jobs)
                    stage[cell] = 9
                    return
                }
            case 1:
                guard task.lock >= 0 else {
                    stage[cell] = 3
                    continue
                }
                guard locks[task.lock].acquire(job) else { return }
            case 2:
                scheduler.schedule(.timer(job), after: .seconds(task.hold * factor))
                return
            case 3:
                if task.lock >= 0, let next = locks[task.lock].release() { advance(next, at: time, &scheduler) }
                guard task.wait > 0 else { continue }
                scheduler.schedule(.timer(job), after: .seconds(task.wait * factor))
                return
            case 4:
                guard task.network > 0 else { continue }
                network.arrive(job, work: task.network, share: .uncapped, at: time)
                network.arm(.network, on: &scheduler)
                return
            case 5:
                guard task.disk > 0 else { continue }
                spendBurst(task.disk, at: time)
                disk.arrive(job, work: task.disk, share: diskShare, at: time)
                disk.arm(.disk, on: &scheduler)
                return
            case 6:
                guard task.memory > 0 else { continue }
                memory.arrive(job, work: task.memory, share: memoryShare, at: time)
                memory.arm(.memory, on: &scheduler)
                return
            case 7:
                guard task.cpu > 0 else {
                    stage[cell] = 9
                    continue
                }
                guard Int(busyCPU[instance]) < plans[kind].width else {
                    // The instance has no free thread: it starts its waiting steps in their order.
                    waitingCPU[instance] |= 1 << UInt64(index)
                    stage[cell] = 7
                    return
                }
                busyCPU[instance] += 1
                stage[cell] = 9
                let work = task.cpu * factor
                spendCredit(work, at: time)
                cpu.arrive(job, work: work, at: time)
                cpu.arm(.cpu, on: &scheduler)
                return
            default:
                finish(job, instance, index, kind, at: time, &scheduler)
                return
            }
        }
    }

    /// Whether the service finds the memory that it needs; ends the instance where it does not.
    private mutating func serve(_ instance: Int, _ kind: Int) -> Bool {
        if own[kind] > .zero {
            outcome[instance] = End.ownMemory
            return false
        }
        if !isCarved, !take(kind) {
            outcome[instance] = End.hostMemory
            return false
        }
        return true
    }

    private mutating func releaseCPU(_ instance: Int, at time: SimTime) {
        busyCPU[instance] -= 1
    }

    private mutating func finish(
        _ job: UInt64,
        _ instance: Int,
        _ index: Int,
        _ kind: Int,
        at time: SimTime,
        _ scheduler: inout Scheduler<Event>
    ) {
        let cell = instance * stride + index
        ends[cell] = time.nanoseconds
        let gate = gates[kind * stride + index]
        if gate >= 0, case .busy(let jobs) = gateStates[gate] {
            gateStates[gate] = .open
            for waiting in jobs { advance(waiting, at: time, &scheduler) }
        }
        if index == plans[kind].answered { outcome[instance] = End.ready }
        for next in successors[kind][index] {
            remaining[instance * stride + next] -= 1
            if remaining[instance * stride + next] == 0 {
                advance(UInt64(instance) << 8 | UInt64(next), at: time, &scheduler)
            }
        }
        while waitingCPU[instance] != 0, Int(busyCPU[instance]) < plans[kind].width {
            let next = waitingCPU[instance].trailingZeroBitCount
            waitingCPU[instance] &= waitingCPU[instance] - 1
            advance(UInt64(instance) << 8 | UInt64(next), at: time, &scheduler)
        }
    }

    /// Past its balance, a burstable host has its baseline.
    private mutating func spendCredit(_ work: Double, at time: SimTime) {
        guard var state = credit else { return }
        state.spent += work
        credit = state
        if state.spent > state.work + state.baseline * time.seconds {
            cpu.setCapacity(max(1e-3, state.baseline), at: time)
            credit = nil
        }
    }

    /// Past its bucket, the volume card has its baseline.
    private mutating func spendBurst(_ bytes: Double, at time: SimTime) {
        guard var state = burst else { return }
        state.spent += bytes
        burst = state
        if state.spent > state.bytes + state.baseline * time.seconds {
            disk.setCapacity(state.baseline, at: time)
            burst = nil
        }
    }
}
