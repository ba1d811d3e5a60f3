/// A step's work as the simulation reads it: flat, without references, so that an event touches one line of memory.
struct StepWork: BitwiseCopyable {
    /// A bit for every stage that has work, the last one always.
    var stages: UInt16
    /// Index of the kernel lock; -1 for none.
    var lock: Int8
    /// Index of what is done once for the host; -1 for none.
    var gate: Int16
    /// Whether the work is the service's own.
    var isService: Bool
    /// Whether the blocks have never been read from this volume.
    var isFresh: Bool
    /// Steps before it.
    var before: UInt8
    /// Where its successors begin and end in the list of all.
    var firstSuccessor: Int32
    var lastSuccessor: Int32
    var hold: Double
    var wait: Double
    var network: Double
    var disk: Double
    var requests: Double
    var depth: Double
    var memory: Double
    var cpu: Double

    init(_ task: StartTask, gate: Int, successors: Range<Int32>) {
        lock = Int8(clamping: task.lock)
        self.gate = Int16(clamping: gate)
        isService = task.isService
        isFresh = task.isFresh
        before = UInt8(clamping: task.after.count)
        firstSuccessor = successors.lowerBound
        lastSuccessor = successors.upperBound
        hold = task.hold
        wait = task.wait
        network = task.network
        disk = task.disk
        requests = task.requests
        depth = max(1, task.depth)
        memory = task.memory
        cpu = task.cpu
        stages = 0
        let isUsed: [(UInt8, Bool)] = [
            (Stage.gate, gate >= 0 || task.isService), (Stage.lock, task.lock >= 0), (Stage.hold, task.lock >= 0),
            (Stage.wait, task.wait > 0 || task.lock >= 0), (Stage.network, task.network > 0),
            (Stage.disk, task.disk > 0), (Stage.memory, task.memory > 0), (Stage.cpu, task.cpu > 0),
            (Stage.leave, task.cpu > 0), (Stage.done, true),
        ]
        for (stage, hasWork) in isUsed where hasWork { stages |= 1 << UInt16(stage) }
    }

    /// The stages of a step, in order.
    enum Stage {
        static let gate: UInt8 = 0
        static let lock: UInt8 = 1
        static let hold: UInt8 = 2
        static let wait: UInt8 = 3
        static let network: UInt8 = 4
        static let disk: UInt8 = 5
        static let memory: UInt8 = 6
        static let cpu: UInt8 = 7
        static let leave: UInt8 = 8
        static let done: UInt8 = 9
    }

    /// The first stage with work, from `stage` on.
    func next(from stage: UInt8) -> UInt8 {
        stage &+ UInt8(truncatingIfNeeded: (stages &>> UInt16(stage)).trailingZeroBitCount)
    }

    /// A step that no plan has: rows are padded to the longest plan.
    static let none = StepWork(StartTask(name: "", after: []), gate: -1, successors: 0..<0)
}

/// The steps of all plans, in rows of equal length.
struct StepTable {
    let stride: Int
    /// Steps of each plan.
    let counts: [Int]
    let widths: [Int]
    let answered: [Int]
    let work: [StepWork]
    /// Steps that follow, by `StepWork.successors`.
    let next: [UInt8]
    let gates: Int

    init(_ plans: [StartPlan]) {
        let stride = plans.map(\.tasks.count).max() ?? 0
        var names: [String: Int] = [:]
        var work: [StepWork] = []
        var next: [UInt8] = []
        for plan in plans {
            var successors: [[UInt8]] = Array(repeating: [], count: plan.tasks.count)
            for (index, task) in plan.tasks.enumerated() {
                for before in task.after { successors[before].append(UInt8(clamping: index)) }
            }
            for index in 0..<stride {
                guard index < plan.tasks.count else {
                    work.append(.none)
                    continue
                }
                let task = plan.tasks[index]
                var gate = -1
                if let once = task.once {
                    gate = names[once] ?? names.count
                    names[once] = gate
                }
                let first = Int32(clamping: next.count)
                next += successors[index]
                work.append(StepWork(task, gate: gate, successors: first..<Int32(clamping: next.count)))
            }
        }
        self.stride = stride
        counts = plans.map(\.tasks.count)
        widths = plans.map(\.width)
        answered = plans.map(\.answered)
        self.work = work
        self.next = next
        gates = names.count
    }
}
