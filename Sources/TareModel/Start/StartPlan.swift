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
    /// Disk requests that the bytes are moved in.
    var requests = 0.0
    /// Requests that are under way at once.
    var depth = 1.0
    /// Whether the bytes are read for the first time from a volume that was made from a snapshot.
    var isFresh = false
    /// Bytes of memory to be cleared.
    var memory = 0.0
    /// Core-seconds, one core at most.
    var cpu = 0.0
    /// The name of what is done once for the whole host: the first instance does it, the others wait for it.
    var once: String?
    /// Whether the work is the service's own, which both arms draw alike.
    var isService = false
}

/// The steps of one service's start, a graph without cycles of at most `most` steps.
struct StartPlan {
    /// A start is kept in words of 64 bits.
    static let most = 63

    var tasks: [StartTask] = []
    /// The step whose end is the mark.
    var spawned = 0
    var kernelEntry = 0
    var initStarted = 0
    var ready = 0
    var answered = 0
    /// Threads that the instance may use at once.
    var width = 1

    /// Adds a step; past the most, its work is put onto the last one, so that no work is lost.
    mutating func add(_ task: StartTask) -> Int {
        guard tasks.count >= Self.most else {
            tasks.append(task)
            return tasks.count - 1
        }
        let last = tasks.count - 1
        tasks[last].hold += task.hold
        tasks[last].wait += task.wait
        tasks[last].network += task.network
        tasks[last].disk += task.disk
        tasks[last].requests += task.requests
        tasks[last].memory += task.memory
        tasks[last].cpu += task.cpu
        tasks[last].after += task.after.filter { $0 < last && !tasks[last].after.contains($0) }
        return last
    }

    /// What all steps together move and compute.
    var total: (network: Double, disk: Double, cpu: Double) {
        tasks.reduce((0, 0, 0)) { ($0.0 + $1.network, $0.1 + $1.disk, $0.2 + $1.cpu) }
    }
}
