import TareCore
import TareSimulation

/// The starts of all instances, simulated.
struct StartOutcome {
    var instances: [InstanceStart] = []
    var timelines: [ModelTimeline] = []
    var counts: [Int]
    var events = 0
    /// What all starts moved and computed: bytes from the network, bytes of disk, core-seconds.
    var moved = (network: 0.0, disk: 0.0, cpu: 0.0)
    /// Bytes taken by service and node.
    var nodeBytes: [Int64] = []
    /// Core-seconds spent from credits or a quota, by service.
    var spent: [Double] = []

    /// Runs the simulation to its end.
    init(_ context: ModelContext) throws(TareError) {
        let input = context.input
        var plans: [StartPlan] = []
        for index in input.services.indices {
            switch input.arm {
            case .vm(let spec):
                guard let hypervisor = context.hypervisor else { continue }
                plans.append(StartPlan(guest: index, context, hypervisor: hypervisor, spec: spec))
            case .container(let spec):
                guard let engine = context.engine else { continue }
                plans.append(StartPlan(container: index, context, engine: engine, spec: spec))
            }
        }
        let all = input.services.map { max(0, $0.replicas) }
        let idle = HostMemory(context, counts: all.map { _ in 0 })
        let full = HostMemory(context, counts: all.map { $0 + 1 })
        var need: [Int64] = []
        for index in all.indices {
            var more = all.map { $0 + 1 }
            more[index] += 1
            need.append(HostMemory(context, counts: more).needed.bytes - full.needed.bytes)
        }
        let room = max(.zero, input.host.memory - idle.needed)
        let total = all.reduce(0, +)
        var service: [UInt16] = []
        var requested: [Int64] = []
        var factors: [Float] = []
        service.reserveCapacity(total)
        requested.reserveCapacity(total)
        factors.reserveCapacity(total * 2)
        let streams = RandomStreams(seed: input.seed)
        let kind: StreamPurpose = input.arm.platform == .vm ? "vm" : "container"
        let own: StreamPurpose = "service"
        let sigma = max(0, input.variation)
        for (index, count) in all.enumerated() {
            for replica in 0..<count {
                if case .interval(let seconds) = input.arrival {
                    requested.append(Int64(seconds * Double(service.count) * 1e9))
                } else {
                    requested.append(0)
                }
                service.append(UInt16(index))
                let entity = index << 32 | replica
                for purpose in 0..<2 {
                    var stream = streams.stream(entity: entity, purpose: purpose == 0 ? kind : own)
                    factors.append(sigma > 0 ? Float(stream.lognormal(median: 1, sigma: sigma)) : 1)
                }
            }
        }
        let table = StepTable(plans)
        let model = StartSimulation(
            table: table, service: service, factors: factors,
            capacity: try StartCapacity(context, room: room), need: need, own: idle.missing)
        var simulation = Simulation(model, capacity: max(64, service.count))
        for instance in service.indices {
            simulation.scheduler.schedule(
                .arrive(UInt32(instance)), at: SimTime(nanoseconds: requested[instance]))
        }
        events = simulation.run()
        moved = simulation.model.moved
        nodeBytes = simulation.model.nodeBytes
        spent = simulation.model.spent
        counts = all.map { _ in 0 }
        var answered: [(Int64, Int)] = []
        instances.reserveCapacity(service.count)
        var replica = all.map { _ in 0 }
        for instance in service.indices {
            let kind = Int(service[instance])
            let plan = plans[kind]
            let row = instance * table.stride
            var marks = StartMarks()
            for (mark, task) in [
                (StartMark.spawned, plan.spawned), (.kernelEntry, plan.kernelEntry), (.initStarted, plan.initStarted),
                (.serviceReady, plan.ready), (.firstResponse, plan.answered),
            ] where simulation.model.ends[row + task] >= 0 {
                marks[mark] = Double(simulation.model.ends[row + task] - requested[instance]) * 1e-9
            }
            let end = simulation.model.outcome[instance]
            let outcome: InstanceStart.Outcome =
                switch end {
                case StartSimulation.End.ready: .ready
                case StartSimulation.End.ownMemory:
                    .outOfMemory(reason: "it needs \(idle.missing[kind]) more than its own memory")
                case StartSimulation.End.hostMemory: .outOfMemory(reason: "the host's memory is used up")
                case StartSimulation.End.noCPU: .refused(reason: "no hardware thread is free to pin its vCPUs")
                default: .refused(reason: "the host has no memory left to assign")
                }
            if end == StartSimulation.End.ready {
                counts[kind] += 1
                answered.append((simulation.model.ends[row + plan.answered] - requested[instance], instance))
            }
            instances.append(
                InstanceStart(
                    service: kind, replica: replica[kind], requestedAt: Double(requested[instance]) * 1e-9,
                    marks: marks, outcome: outcome))
            replica[kind] += 1
        }
        answered.sort { $0 < $1 }
        guard let first = answered.first, let last = answered.last else { return }
        for (label, instance) in [
            ("first", first.1), ("median", answered[answered.count / 2].1), ("last", last.1),
        ] {
            timelines.append(
                Self.timeline(
                    label, instance, plan: plans[Int(service[instance])], requested: requested[instance],
                    simulation.model.ends, stride: table.stride))
        }
    }

    /// Core-seconds of credits that one start of a service used; nothing where there are none.
    func credits(of service: Int) -> Double? {
        guard spent.indices.contains(service), spent[service] > 0, counts[service] > 0 else { return nil }
        return spent[service] / Double(counts[service])
    }

    private static func timeline(
        _ label: String,
        _ instance: Int,
        plan: StartPlan,
        requested: Int64,
        _ ends: [Int64],
        stride: Int
    ) -> ModelTimeline {
        let row = instance * stride
        var critical = Set<Int>()
        var step: Int? = plan.answered
        while let current = step {
            critical.insert(current)
            step = plan.tasks[current].after.max { ends[row + $0] < ends[row + $1] }
        }
        func seconds(_ time: Int64) -> Double { Double(time - requested) * 1e-9 }
        let phases = plan.tasks.indices.filter { ends[row + $0] >= 0 }.map { index in
            ModelTimeline.Phase(
                name: plan.tasks[index].name,
                start: seconds(plan.tasks[index].after.reduce(requested) { Swift.max($0, ends[row + $1]) }),
                end: seconds(ends[row + index]),
                critical: critical.contains(index))
        }
        return ModelTimeline(
            label: label, instance: instance, phases: phases.sorted { ($0.start, $0.end) < ($1.start, $1.end) })
    }
}
