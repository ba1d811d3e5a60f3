import TareSimulation

/// The boot storm: all instances start at once and take twelve phases in turn, processors then disk.
struct StormModel: SimulationModel, ~Copyable {
    enum Event {
        case cpu
        case disk(Int32)
    }

    /// Phases of an instance: even ones on the processors, odd ones on the disk.
    static let phases = 12

    /// Seconds, twelve an instance.
    ///
    /// Owned memory: an array would look at its bounds and its owners at each phase.
    let demands: UnsafeMutableBufferPointer<Double>
    /// The next phase of each instance.
    let phase: UnsafeMutableBufferPointer<UInt8>
    /// Phases that have ended.
    var ended = 0
    var cpu: ProcessorSharing<Int32>
    var disk: FIFOStation<Int32>

    init(demands: [Double], cores: Int, channels: Int) {
        self.demands = .allocate(capacity: demands.count)
        _ = self.demands.initialize(from: demands)
        phase = .allocate(capacity: demands.count / Self.phases)
        phase.initialize(repeating: 0)
        cpu = ProcessorSharing(capacity: Double(cores))
        disk = FIFOStation(servers: channels)
    }

    deinit {
        demands.deallocate()
        phase.deallocate()
    }

    @inline(__always)
    mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .cpu:
            while let instance = cpu.finished(at: now) {
                endPhase(instance)
                if let start = disk.arrive(instance, service: .seconds(demand(instance))) {
                    scheduler.schedule(.disk(start.job), after: start.service)
                }
            }
        case .disk(let instance):
            endPhase(instance)
            if phase[Int(instance)] < UInt8(Self.phases) { cpu.arrive(instance, work: demand(instance), at: now) }
            if let start = disk.depart() { scheduler.schedule(.disk(start.job), after: start.service) }
        }
        cpu.arm(.cpu, on: &scheduler)
    }

    /// Puts every instance on the processors, at time zero.
    mutating func begin(on scheduler: inout Scheduler<Event>) {
        for instance in 0..<phase.count {
            let number = Int32(truncatingIfNeeded: instance)
            cpu.arrive(number, work: demand(number), at: .zero)
        }
        cpu.arm(.cpu, on: &scheduler)
    }

    /// What the instance wants in its phase, in seconds.
    @inline(__always)
    private func demand(_ instance: Int32) -> Double {
        demands[Int(instance) &* Self.phases &+ Int(phase[Int(instance)])]
    }

    @inline(__always)
    private mutating func endPhase(_ instance: Int32) {
        phase[Int(instance)] &+= 1
        ended &+= 1
    }
}
