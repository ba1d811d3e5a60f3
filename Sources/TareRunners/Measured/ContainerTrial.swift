import Glibc
import TareCore
import TareEngine
import TareExperiment
import TareImages
import TareLinux
import TareProbe

/// One replication of real containers, from the first request to the last removal; blocks.
///
///     weigh -> request all -> start, some at once -> wait for real answers -> weigh -> remove, last one first
///
/// Whatever happens, every container that was made is removed before it returns.
struct ContainerTrial: Sendable {
    /// What one service wants.
    struct Service: Sendable {
        var name: String
        var replicas: Int
        var image: MeasuredImage
        var memory: ByteCount?
        var timeout: Double
    }

    let engine: Engine
    let services: [Service]
    /// Starts at once.
    let width: Int
    /// Whether the images' files are dropped from the page cache first.
    let isCold: Bool
    /// Seconds between the last answer and the weighing.
    let settling: Double
    /// The name of the cell, for the containers' labels.
    let cell: String

    /// Runs it.
    ///
    /// - Throws: what the engine throws where not even one container can be made, or the stores cannot be read.
    func run() throws(TareError) -> MeasuredReplication {
        var found = MeasuredReplication()
        found.images = try weighImages()
        found.configured = services.map { $0.memory ?? ModelBinding.defaultMemory }
        var machine = try MachineMemoryProbe()
        let before = try machine.now()
        found.before = before
        found.hostSystem = try HostSystemMemory.now(machine: before, excluding: try helpers())
        let blocks = try DiskBlocks.of(engine.storeFolders)
        let fileSystem = try FileSystemBlocks.used(at: engine.state)
        let load = try HostLoad.now()
        let own = Self.ownSeconds()

        let (queue, outcomes) = try startAll(&found)
        found.engineSeconds = Self.ownSeconds() - own
        let failure: TareError?
        do throws(TareError) {
            if let failed = queue.failure { throw failed }
            usleep(UInt32(settling * 1e6))
            let quiet = try HostLoad.now().since(load)
            for instance in queue.instances { found.instances.append(try weigh(instance, outcomes[instance.index])) }
            found.during = try machine.now()
            for process in try helpers() { found.helpers += try ProcessMemory.now(of: process) ?? .zero }
            found.added = try DiskBlocks.of(engine.storeFolders).added(since: blocks)
            found.fileSystemAdded = try FileSystemBlocks.used(at: engine.state).doubleValue - fileSystem.doubleValue
            let used = found.instances.reduce(found.engineSeconds) { $0 + $1.cpuSeconds + $1.engineSeconds }
            if let warning = quiet.warning(ownSeconds: used) { found.warnings.append(warning) }
            failure = nil
        } catch { failure = error }
        found.warnings += remove(queue.instances)
        if let failure { throw failure }
        return found
    }

    // MARK: Starting

    private func startAll(
        _ found: inout MeasuredReplication
    ) throws(TareError) -> (StartQueue, [Int: ProbeOutcome]) {
        let prober = ReadinessProber()
        let namespace = engine.networks.settings.hostNamespace
        let probing = try WorkerThread {
            guard let namespace else { return prober.run() }
            try? NetworkNamespace(opening: namespace).run { prober.run() }
        }
        let queue = StartQueue(trial: self, prober: prober)
        let count = min(max(1, width), max(1, queue.count))
        var threads: [WorkerThread] = []
        do throws(TareError) {
            for _ in 1..<count where count > 1 { threads.append(try WorkerThread { queue.work() }) }
        } catch {
            // Fewer at once is slower and no failure.
            found.warnings.append(
                "only \(threads.count + 1) of \(count) starts at once: the system gave no more threads")
        }
        queue.work()
        for thread in threads { thread.join() }
        prober.close()
        probing.join()
        found.resolution = prober.coarsestStep
        if found.resolution > 0.005 {
            found.warnings.append(
                "answers were looked for every \(NumberText.seconds(found.resolution)) at worst: their times are so exact"
            )
        }
        return (queue, prober.outcomes)
    }

    // MARK: Weighing

    private func weigh(_ started: MeasuredInstance, _ outcome: ProbeOutcome?) throws(TareError) -> MeasuredInstance {
        var instance = started
        let places = try engine.places(of: instance.id)
        func seconds(_ moment: UInt64) -> Double {
            moment > instance.requested ? Double(moment - instance.requested) / 1e9 : 0
        }
        if instance.failure == nil { instance.failure = outcome.map { $0.failure } ?? "it was never asked" }
        let supervised = places.marks.first { $0.name == .supervised }.map { seconds($0.monotonic) }
        let running = places.marks.first { $0.name == .started }.map { seconds($0.monotonic) }
        instance.supervised = supervised
        if let running, let answered = outcome?.answered {
            let answer = seconds(answered)
            let listening = outcome?.accepted.map { seconds($0) } ?? answer
            // The runtime's command ends a little after the program begins, which may have answered by then.
            let begun = min(running, listening)
            instance.marks = [
                .spawned: begun, .kernelEntry: begun, .initStarted: begun, .serviceReady: listening,
                .firstResponse: answer,
            ]
        }
        if let supervisor = places.supervisor {
            instance.supervisor = try ProcessMemory.now(of: supervisor) ?? .zero
            if let times = ProcessTimes.now(of: supervisor) {
                instance.engineSeconds = times.cpuSeconds + times.childrenSeconds
            }
        }
        let group = try Cgroups.current().group(places.cgroup)
        if group.exists {
            let usage = try group.usage()
            let charged = usage.memory ?? .zero
            instance.workingSet = max(.zero, charged - (usage.inactiveFile ?? .zero))
            instance.kernel = min(usage.kernel ?? .zero, instance.workingSet)
            instance.pageCache = usage.file ?? .zero
            instance.cpuSeconds = Double(usage.cpu ?? 0) / 1e9
            instance.processes = try ProcessMemory.sum(of: try group.processes())
        }
        let written = try engine.images.snapshots.usage(places.snapshot)
        instance.written = DiskBlocks(
            allocated: written.allocated, apparent: written.apparent, inodes: written.inodes)
        instance.records = try DiskBlocks.of([places.folder])
        return instance
    }

    private func weighImages() throws(TareError) -> [MeasuredReplication.ImageWeights] {
        let snapshots = engine.images.snapshots
        return try services.map { service throws(TareError) in
            let image = try engine.images.image(service.image.name)
            try engine.images.unpack(image)
            var weights = MeasuredReplication.ImageWeights()
            for (place, digest) in image.chain.enumerated() {
                let usage = try snapshots.usage(digest.description)
                if isCold { FilePages.drop(below: try snapshots.mount(digest.description)) }
                weights.layers.append(
                    (
                        key: digest.description,
                        blocks: DiskBlocks(
                            allocated: usage.allocated, apparent: usage.apparent, inodes: usage.inodes),
                        packed: ByteCount(image.manifest.layers[place].size)
                    ))
            }
            return weights
        }
    }

    /// The networks' helpers of this engine, by their command lines.
    private func helpers() throws(TareError) -> Set<Int32> {
        var found: Set<Int32> = []
        let folder = PathText.join(engine.state, "network")
        for name in try FolderNames.list("/proc") {
            guard let process = Int32(name), let line = FileReading.valueIfPresent(at: "/proc/\(process)/cmdline"),
                line.contains("tare-net"), line.contains(folder)
            else { continue }
            found.insert(process)
        }
        return found
    }

    /// CPU seconds of this process and of its children that have ended.
    private static func ownSeconds() -> Double {
        var sum = 0.0
        // RUSAGE_SELF and RUSAGE_CHILDREN, which Swift imports as another type than the call takes.
        for who: Int32 in [0, -1] {
            var usage = rusage()
            getrusage(who, &usage)
            for time in [usage.ru_utime, usage.ru_stime] { sum += Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        }
        return sum
    }

    /// Removes all, the last one first; what could not be is told.
    private func remove(_ instances: [MeasuredInstance]) -> [String] {
        var failures: [String] = []
        for instance in instances.reversed() {
            do throws(TareError) { try engine.remove(instance.id, force: true, removesVolumes: true) } catch {
                if error.code != .notFound {
                    failures.append("clean-up: \(instance.id.short) is still there: \(error.message)")
                }
            }
        }
        return failures
    }
}
