import TareCore
import TareSimulation

/// Open-loop requests at the instances of one service on one host.
///
///     arrival (Poisson) -> instance -> [queue for a thread] -> disk reads -> CPU shared with all -> link -> answer
///
/// Latency counts from the intended arrival, so a stalled instance does not hide its queue. With one instance, no tax and
/// enough cores this is M/M/c (`queue`); with one core and `share` it is M/G/1 with processor sharing.
struct LoadSimulation: SimulationModel, ~Copyable {
    enum Event: BitwiseCopyable {
        case arrival
        case read(UInt32)
        case cpu
        case link
        case answer(UInt32)
    }

    let load: LoadSpec
    let path: LoadPath
    let instances: Int
    /// Requests that one instance serves at once.
    let width: Int
    /// Requests in all, and how many of them are left out at the start.
    let total: Int
    let skipped: Int
    private var arrivals: RandomStream
    private var demands: RandomStream
    private var choices: RandomStream
    private var cpu: ProcessorSharing<UInt32>
    private var link: ProcessorSharing<UInt32>
    private var begun: [Int64]
    private var place: [UInt32]
    private var work: [Float]
    private var busy: [Int32]
    private var queues: [RingQueue]
    private var count = 0
    private(set) var latencies: [Int64] = []
    private(set) var computed = 0.0
    private(set) var last = SimTime.zero

    /// Numbers in order of arrival.
    private struct RingQueue {
        var items: [UInt32] = []
        var head = 0

        mutating func popFirst() -> UInt32? {
            guard head < items.count else { return nil }
            defer {
                head += 1
                if head == items.count { (items, head) = ([], 0) }
            }
            return items[head]
        }
    }

    init(load: LoadSpec, path: LoadPath, instances: Int, width: Int, streams: RandomStreams) {
        self.load = load
        self.path = path
        self.instances = max(1, instances)
        self.width = load.discipline == .queue ? max(1, width) : .max
        // Every instance sees enough requests for its own queue to form.
        let requests = max(10, load.requests, min(200_000, self.instances * 20))
        skipped = requests / 4
        total = requests + skipped
        arrivals = streams.stream(entity: 0, purpose: "load-arrivals")
        demands = streams.stream(entity: 0, purpose: "load-demands")
        choices = streams.stream(entity: 0, purpose: "load-choices")
        cpu = ProcessorSharing(capacity: Double(path.cores))
        link = ProcessorSharing(capacity: path.link)
        begun = []
        place = []
        work = []
        begun.reserveCapacity(total)
        place.reserveCapacity(total)
        work.reserveCapacity(total)
        latencies.reserveCapacity(requests)
        busy = Array(repeating: 0, count: self.instances)
        queues = Array(repeating: RingQueue(), count: load.discipline == .queue ? self.instances : 0)
    }

    /// What a run brought.
    struct Result {
        /// Nanoseconds of each request that was looked at, in order of its answer.
        var latencies: [Int64]
        /// Core-seconds of all requests.
        var computed: Double
        /// Requests in all.
        var total: Int
        /// When the last was answered.
        var last: SimTime
    }

    /// Runs to the last answer.
    static func run(
        load: LoadSpec,
        path: LoadPath,
        instances: Int,
        width: Int,
        streams: RandomStreams
    ) -> Result {
        let model = LoadSimulation(load: load, path: path, instances: instances, width: width, streams: streams)
        var simulation = Simulation(model)
        simulation.scheduler.schedule(.arrival, at: .zero)
        simulation.run()
        return Result(
            latencies: simulation.model.latencies, computed: simulation.model.computed, total: simulation.model.total,
            last: simulation.model.last)
    }

    mutating func handle(_ event: Event, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrival: arrive(at: time, &scheduler)
        case .read(let request): compute(request, at: time)
        case .cpu:
            while let request = cpu.finished(at: time) { depart(request, at: time, &scheduler) }
        case .link:
            while let request = link.finished(at: time) { send(request, at: time, &scheduler) }
        case .answer(let request): answer(request, at: time)
        }
        if path.smtGain > 0 {
            let beyond = min(path.threads, max(path.cores, cpu.count)) - path.cores
            let capacity = Double(path.cores) + path.smtGain * Double(beyond)
            if capacity != cpu.capacity { cpu.setCapacity(capacity, at: time) }
        }
        cpu.arm(.cpu, on: &scheduler)
        link.arm(.link, on: &scheduler)
    }

    private mutating func arrive(at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let request = UInt32(count)
        count += 1
        begun.append(time.nanoseconds)
        let instance = instances == 1 ? 0 : choices.integer(below: instances)
        place.append(UInt32(instance))
        let mean = load.cpu * path.cpuFactor
        switch load.shape {
        case .constant: work.append(Float(mean))
        case .exponential: work.append(Float(demands.exponential(mean: mean)))
        // A coefficient of variation of 2: sigma^2 = ln(1 + 4), and the median that gives this mean.
        case .heavy: work.append(Float(demands.lognormal(median: mean * 0.447_213_595_5, sigma: 1.268_636_150)))
        }
        if count < total {
            let gap = arrivals.exponential(mean: 1 / (load.requestsPerSecond * Double(instances)))
            scheduler.schedule(.arrival, after: .seconds(gap))
        }
        if busy[instance] < width {
            busy[instance] += 1
            begin(request, at: time, &scheduler)
        } else {
            queues[instance].items.append(request)
        }
    }

    private mutating func begin(_ request: UInt32, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let wait = load.reads * path.read
        if wait > 0 {
            scheduler.schedule(.read(request), after: .seconds(wait))
        } else {
            compute(request, at: time)
        }
    }

    private mutating func compute(_ request: UInt32, at time: SimTime) {
        let demand = Double(work[Int(request)])
        computed += demand
        cpu.arrive(request, work: demand, at: time)
    }

    private mutating func depart(_ request: UInt32, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let instance = Int(place[Int(request)])
        busy[instance] -= 1
        if load.discipline == .queue, let next = queues[instance].popFirst() {
            busy[instance] += 1
            begin(next, at: time, &scheduler)
        }
        if load.bytes > .zero {
            link.arrive(request, work: load.bytes.doubleValue, share: .uncapped, at: time)
        } else {
            send(request, at: time, &scheduler)
        }
    }

    private mutating func send(_ request: UInt32, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        if path.roundTrip > 0 {
            scheduler.schedule(.answer(request), after: .seconds(path.roundTrip))
        } else {
            answer(request, at: time)
        }
    }

    private mutating func answer(_ request: UInt32, at time: SimTime) {
        last = time
        guard Int(request) >= skipped else { return }
        latencies.append(time.nanoseconds - begun[Int(request)])
    }
}
