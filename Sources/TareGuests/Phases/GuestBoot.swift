import CTareLinux
import Glibc
import TareCatalog
import TareCore
import TareLinux

/// Boots a full guest with a workload until its default target, and says what every phase took.
public struct GuestBoot: Sendable {
    /// The guest operating system.
    public var base: BaseSystem
    /// The service.
    public var workload: Workload
    /// The kernel and the distribution's initial root.
    public var kernel: GuestKernel
    /// The disk.
    public var disk: GuestDisk
    /// What executes it.
    public var accelerator: Accelerator
    /// Its memory.
    public var memory: ByteCount
    /// Whether instructions are counted.
    public var isCounted: Bool
    /// Where the first 4 MiB of the console go.
    public var consoleFile: String?
    /// The cache folder.
    public var cache: String

    /// Describes a boot.
    ///
    /// - Parameters:
    ///   - base: the guest operating system, for the record.
    ///   - workload: the service, whose packages are on the disk.
    ///   - kernel: the kernel and the initial root.
    ///   - disk: the disk.
    ///   - accelerator: what executes it.
    ///   - memory: its memory.
    ///   - isCounted: whether instructions are counted; emulated guests only.
    ///   - consoleFile: where the console goes.
    ///   - cache: the cache folder.
    public init(
        base: BaseSystem,
        workload: Workload,
        kernel: GuestKernel,
        disk: GuestDisk,
        accelerator: Accelerator,
        memory: ByteCount = .mebibytes(256),
        isCounted: Bool = false,
        consoleFile: String? = nil,
        cache: String
    ) {
        self.base = base
        self.workload = workload
        self.kernel = kernel
        self.disk = disk
        self.accelerator = accelerator
        self.memory = memory
        self.isCounted = isCounted
        self.consoleFile = consoleFile
        self.cache = cache
    }

    /// The machine of this boot.
    ///
    /// - Parameter port: the port of 127.0.0.1 that reaches the service.
    /// - Returns: a plan to start or to change before.
    /// - Throws: `notFound` where the initial root is missing; `unavailable` where a program cannot be compiled.
    public func plan(port: Int) throws(TareError) -> MachinePlan {
        guard let initial = kernel.initialRoot else {
            throw TareError(.notFound, subject: kernel.kernel, "cannot boot \(base.id): it has no initial root")
        }
        var plan = MachinePlan(
            name: "\(base.id)-\(workload.id)", board: .micro, accelerator: accelerator, memory: memory,
            kernel: kernel.kernel)
        plan.initialRoot = try GuestSeed.archive(workload, cache: cache).archive()
        plan.initialRoot += try FileReading.bytes(at: initial, limit: 512 << 20)
        plan.disk = disk
        plan.forwards = [port: workload.port ?? 80]
        plan.isCounted = isCounted
        return plan
    }

    /// Boots it until its default target, and asks it from outside; it goes on running.
    ///
    /// Blocks; 20 to 90 CPU-seconds where it is emulated. A guest that panics or runs out of memory is a result, with the
    /// phases that it reached. Guests on threads of their own boot at once.
    ///
    /// - Parameter seconds: the longest to wait for the default target.
    /// - Returns: the guest.
    /// - Throws: as `GuestMachine`; `timedOut` with the last line of the console.
    public func start(seconds: Double = 900) throws(TareError) -> RunningGuest {
        let free = tare_free_port()
        guard free > 0 else { throw .system("cannot find a free port", subject: "127.0.0.1", errno: -free) }
        let port = Int(free)
        let plan = try plan(port: port)
        let began = HostClock.monotonicNanoseconds()
        let machine = try GuestMachine(plan, cache: cache, consoleFile: consoleFile)
        var watch = BootWatch(machine: machine, isCounted: isCounted, began: began)
        let deadline = Deadline.after(seconds: seconds)
        while !watch.isDone {
            guard let event = try machine.next(until: deadline) else {
                if machine.ending != nil { break }
                throw machine.late("reach its default target", after: seconds)
            }
            try watch.take(event)
        }
        let isRunning = machine.ending == nil
        let timeline = BootTimeline(
            guest: base.id,
            workload: workload.id,
            kernel: kernel.release,
            accelerator: accelerator,
            memory: memory,
            phases: watch.phases,
            hasAnswered: isRunning && GuestAnswer.isRight(workload.readiness, port: port),
            inside: watch.inside,
            outside: isRunning ? try GuestMemoryOutside(process: machine.process, blocks: [memory]) : nil,
            ending: machine.ending ?? .stopped,
            complaints: watch.complaints
        )
        return RunningGuest(machine: machine, port: port, timeline: timeline)
    }

    /// Boots it as `start` does, and stops it.
    ///
    /// - Parameter seconds: the longest to wait for the default target.
    /// - Returns: the timeline.
    /// - Throws: as `start`.
    public func run(seconds: Double = 900) throws(TareError) -> BootTimeline {
        let guest = try start(seconds: seconds)
        guest.stop()
        return guest.timeline
    }
}
