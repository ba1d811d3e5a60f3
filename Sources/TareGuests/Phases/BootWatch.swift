import TareCore
import TareLinux

/// Turns what a guest tells into phases; reads disk and memory at each mark.
struct BootWatch {
    let machine: GuestMachine
    let isCounted: Bool
    let began: UInt64
    private(set) var phases: [PhaseRecord] = []
    private(set) var inside = GuestMemoryInside()
    private(set) var complaints: [String] = []
    private var lastCounts = InstructionCounts()
    private var lastDisk = BlockStatistics.zero

    init(machine: GuestMachine, isCounted: Bool, began: UInt64) {
        self.machine = machine
        self.isCounted = isCounted
        self.began = began
    }

    /// Whether nothing more is to be waited for.
    var isDone: Bool { machine.ending != nil || (phases.count == GuestPhase.allCases.count && inside.isComplete) }

    mutating func take(_ event: GuestEvent) throws(TareError) {
        switch event {
        case .line(let line):
            inside.take(line)
            if let range = line.firstRange(of: "tare: failed ") { complaints.append(String(line[range.upperBound...])) }
            if !isCounted, let number = GuestMark.number(in: line) { try reach(number, nil) }
        case .mark(let mark):
            if let number = mark.number { try reach(number, mark.counts) }
            machine.proceed()
        case .monitor, .ended: break
        }
    }

    private mutating func reach(_ number: Int, _ counts: InstructionCounts?) throws(TareError) {
        guard let phase = GuestPhase(rawValue: number), !phases.contains(where: { $0.phase == phase }) else { return }
        let elapsed = HostClock.monotonicNanoseconds() - began
        let disk = try machine.monitor { monitor, deadline throws(TareError) in
            try monitor.blockStatistics(deadline: deadline)["disk"] ?? .zero
        }
        let memory = try GuestMemoryOutside(process: machine.process, blocks: [machine.plan.memory])
        phases.append(
            PhaseRecord(
                phase: phase,
                instructions: counts?.since(lastCounts),
                disk: disk.since(lastDisk),
                touched: memory.touched,
                reached: GuestWallTime(nanoseconds: elapsed, on: machine.plan.accelerator)
            )
        )
        lastDisk = disk
        if let counts { lastCounts = counts }
    }
}
