/// One step of a start as work on shared resources, in this order: gate, lock, wait, network, disk, memory, CPU.
struct StartTask {
    var name: String
    /// Steps that must be done first; indices below this step's own.
    var after: [Int]
    /// Index of the kernel lock that is held for `hold` seconds; -1 for none.
    var lock = -1
    var hold = 0.0
    /// Seconds that pass without using anything.
    var wait = 0.0
    /// Bytes from the network.
    var network = 0.0
    /// Bytes to or from the disk.
    var disk = 0.0
    /// Bytes of memory to be cleared.
    var memory = 0.0
    /// Core-seconds, one core at most.
    var cpu = 0.0
    /// The name of what is done once for the whole host: the first instance does it, the others wait for it.
    var once: String?
    /// Whether the work is the service's own, which both arms draw alike.
    var isService = false
}

/// The steps of one service's start, a graph without cycles of at most 64 steps.
struct StartPlan {
    var tasks: [StartTask] = []
    /// The step whose end is the mark.
    var spawned = 0
    var kernelEntry = 0
    var initStarted = 0
    var ready = 0
    var answered = 0
    /// Threads that the instance may use at once.
    var width = 1

    /// Adds a step; past the 63rd, its work is put onto the last one.
    mutating func add(_ task: StartTask) -> Int {
        tasks.append(task)
        return tasks.count - 1
    }
}
