import Glibc
import TareCore

/// A group in the trees of v1: a folder a controller, all with the same path.
struct CgroupV1: Cgroup {
    let path: String
    /// By controller.
    private let byController: [String: CgroupFolder]
    /// All, those without a controller too.
    private let folders: [CgroupFolder]

    init(path: String, trees: [String: String], folders: [String]) {
        self.path = path
        byController = trees.mapValues { CgroupFolder(path: $0 + path) }
        self.folders = folders.map { CgroupFolder(path: $0 + path) }
    }

    var exists: Bool { folders.contains { $0.exists } }

    func create() throws(TareError) {
        for folder in folders { try FolderMaking.make(folder.path) }
        // A new group has no CPU and no memory node, and then takes no process: they come from above, from the top down.
        guard let set = byController["cpuset"] else { return }
        var above = String(set.path.dropLast(path.utf8.count))
        for part in path.split(separator: "/") {
            let parent = CgroupFolder(path: above)
            above = PathText.join(above, String(part))
            let group = CgroupFolder(path: above)
            for file in ["cpuset.cpus", "cpuset.mems"] where group.text(file) == "" {
                try group.write(file, parent.text(file) ?? "", wanted: "give the group its CPUs")
            }
        }
    }

    func attach(_ pid: Int32) throws(TareError) {
        // A runtime may have left a tree out that has no controller.
        let there = folders.filter { $0.exists }
        for folder in there.isEmpty ? folders : there {
            try folder.write("cgroup.procs", "\(pid)", wanted: "move a process to the group")
        }
    }

    func apply(_ limits: CgroupLimits) throws(TareError) {
        func set(_ controller: String, _ file: String, _ value: String, _ limit: String) throws(TareError) {
            let need = CgroupNeed(limit: limit, v1Controller: controller, v1RootFile: file, v2Controller: nil)
            guard let folder = byController[controller] else { throw need.refusal(controller) }
            guard folder.has(file) else { throw need.refusal(controller, file: file) }
            try folder.write(file, value, wanted: "limit \(limit)")
        }
        if let memory = limits.memory {
            let bytes = "\(memory.bytes)"
            let both = limits.memoryAndSwap.map { "\($0.bytes)" }
            // Memory may never be above memory and swap: the one that grows goes first.
            let grows = byController["memory"]?.number("memory.limit_in_bytes").map { memory.bytes > $0 } ?? false
            if grows, let both { try set("memory", "memory.memsw.limit_in_bytes", both, "memory and swap") }
            try set("memory", "memory.limit_in_bytes", bytes, "memory")
            if !grows, let both { try set("memory", "memory.memsw.limit_in_bytes", both, "memory and swap") }
        }
        if let soft = limits.memoryReservation {
            try set("memory", "memory.soft_limit_in_bytes", "\(soft.bytes)", "memory")
        }
        if let period = limits.cpuPeriod { try set("cpu", "cpu.cfs_period_us", "\(period)", "CPU quota") }
        if let quota = limits.cpuQuota { try set("cpu", "cpu.cfs_quota_us", "\(quota)", "CPU quota") }
        if let shares = limits.cpuShares { try set("cpu", "cpu.shares", "\(shares)", "CPU shares") }
        if let cpus = limits.cpus { try set("cpuset", "cpuset.cpus", cpus, "CPU set") }
        if let nodes = limits.memoryNodes { try set("cpuset", "cpuset.mems", nodes, "CPU set") }
        if let tasks = limits.tasks { try set("pids", "pids.max", tasks < 0 ? "max" : "\(tasks)", "tasks") }
        if let weight = limits.ioWeight { try set("blkio", "blkio.bfq.weight", "\(weight)", "disk weight") }
        for rate in limits.ioRates {
            let file = "blkio.throttle." + Self.name(of: rate.kind) + "_device"
            try set("blkio", file, "\(rate.major):\(rate.minor) \(rate.rate)", "disk rates")
        }
        if let runtime = limits.realtimeRuntime {
            try set("cpu", "cpu.rt_runtime_us", "\(runtime)", "real-time runtime")
        }
        for (size, bytes) in limits.hugePages.sorted(by: { $0.key < $1.key }) {
            try set("hugetlb", "hugetlb.\(size).limit_in_bytes", "\(bytes.bytes)", "huge pages")
        }
        if let number = limits.networkClass { try set("net_cls", "net_cls.classid", "\(number)", "network class") }
    }

    func limits() throws(TareError) -> CgroupLimits {
        var limits = CgroupLimits()
        let memory = byController["memory"]
        limits.memory = memory?.number("memory.limit_in_bytes").map { ByteCount($0) }
        limits.memoryAndSwap = memory?.number("memory.memsw.limit_in_bytes").map { ByteCount($0) }
        limits.memoryReservation = memory?.number("memory.soft_limit_in_bytes").map { ByteCount($0) }
        let cpu = byController["cpu"]
        limits.cpuQuota = cpu?.number("cpu.cfs_quota_us")
        limits.cpuPeriod = cpu?.number("cpu.cfs_period_us").map { UInt64($0) }
        limits.cpuShares = cpu?.number("cpu.shares").map { UInt64($0) }
        limits.cpus = byController["cpuset"]?.text("cpuset.cpus")
        limits.memoryNodes = byController["cpuset"]?.text("cpuset.mems")
        limits.tasks = byController["pids"]?.number("pids.max")
        for kind in CgroupIORate.Kind.allCases {
            let file = "blkio.throttle.\(Self.name(of: kind))_device"
            for line in (byController["blkio"]?.text(file) ?? "").split(separator: "\n") {
                let words = line.split { $0 == " " || $0 == ":" }
                guard words.count == 3, let major = Int64(words[0]), let minor = Int64(words[1]),
                    let rate = UInt64(words[2])
                else { continue }
                limits.ioRates.append(CgroupIORate(major: major, minor: minor, kind: kind, rate: rate))
            }
        }
        return limits
    }

    func usage() throws(TareError) -> CgroupUsage {
        var usage = CgroupUsage()
        if let memory = byController["memory"], memory.exists {
            let table = memory.table("memory.stat")
            func bytes(_ key: Substring) -> ByteCount? { table[key].map { ByteCount(Int64(clamping: $0)) } }
            usage.memory = memory.number("memory.usage_in_bytes").map { ByteCount($0) }
            usage.memoryPeak = memory.number("memory.max_usage_in_bytes").map { ByteCount($0) }
            usage.kernel = memory.number("memory.kmem.usage_in_bytes").map { ByteCount($0) }
            // Those with total_ count the groups below too.
            usage.inactiveFile = bytes("total_inactive_file")
            usage.anonymous = bytes("total_rss")
            usage.file = bytes("total_cache")
            usage.oomKills = memory.table("memory.oom_control")["oom_kill"].map { Int64(clamping: $0) }
        }
        usage.cpu = byController["cpuacct"]?.number("cpuacct.usage").map { UInt64($0) }
        usage.cpuUser = byController["cpuacct"]?.number("cpuacct.usage_user").map { UInt64($0) }
        usage.cpuSystem = byController["cpuacct"]?.number("cpuacct.usage_sys").map { UInt64($0) }
        usage.throttled = byController["cpu"]?.table("cpu.stat")["throttled_time"]
        usage.tasks = byController["pids"]?.number("pids.current")
        let disks = byController["blkio"]
        usage.readBytes = disks.flatMap { Self.sum($0, "blkio.throttle.io_service_bytes_recursive", "Read") }
            .map { ByteCount($0) }
        usage.writtenBytes = disks.flatMap { Self.sum($0, "blkio.throttle.io_service_bytes_recursive", "Write") }
            .map { ByteCount($0) }
        usage.reads = disks.flatMap { Self.sum($0, "blkio.throttle.io_serviced_recursive", "Read") }
        usage.writes = disks.flatMap { Self.sum($0, "blkio.throttle.io_serviced_recursive", "Write") }
        return usage
    }

    func freeze() throws(TareError) { try freezer("FROZEN", wanted: "freeze the group") }

    func thaw() throws(TareError) {
        do throws(TareError) {
            try freezer("THAWED", wanted: "thaw the group")
        } catch {
            // A runtime may have removed it meanwhile: nothing is frozen in a group that has gone. An open file of such a
            // group says ENODEV.
            if error.errno != ENOENT, error.errno != ENODEV { throw error }
        }
    }

    func processes() throws(TareError) -> [Int32] {
        // All trees hold the same processes, but for a moment while a runtime attaches one.
        Array(Set(folders.flatMap { $0.processes() })).sorted()
    }

    func killAll() throws(TareError) {
        for turn in 0..<200 {
            let all = try processes()
            if all.isEmpty { return }
            // Frozen, nothing forks on while it is being ended; a frozen process dies when it is thawed.
            let isFrozen = turn < 20 && (try? freeze()) != nil
            for pid in isFrozen ? try processes() : all { kill(pid, SIGKILL) }
            if isFrozen { try thaw() }
            usleep(turn < 10 ? 2000 : 25_000)
        }
        throw TareError(.timedOut, subject: path, "cannot end the group's processes: some are still there after 5 s")
    }

    func delete() throws(TareError) {
        var failures: [TareError] = []
        for folder in folders {
            do throws(TareError) { try folder.remove() } catch { failures.append(error) }
        }
        guard var first = failures.first else { return }
        first.causes = Array(failures.dropFirst())
        throw first
    }

    private func freezer(_ state: String, wanted: String) throws(TareError) {
        guard let folder = byController["freezer"] else {
            throw TareError(
                .unavailable,
                subject: "cgroup freezer",
                "cannot \(wanted): this host has no controller freezer"
            )
        }
        try folder.write("freezer.state", state, wanted: wanted)
        for turn in 0..<500 {
            if folder.text("freezer.state") == state { return }
            // A process that forks or waits for a disk takes the freezer some turns.
            if turn % 50 == 49 { try folder.write("freezer.state", state, wanted: wanted) }
            usleep(turn < 20 ? 200 : 5000)
        }
        throw TareError(.timedOut, subject: folder.path, "cannot \(wanted): it is not in that state after 2 s")
    }

    private static func name(of kind: CgroupIORate.Kind) -> String {
        switch kind {
        case .readBytes: "read_bps"
        case .writeBytes: "write_bps"
        case .reads: "read_iops"
        case .writes: "write_iops"
        }
    }

    private static func sum(_ folder: CgroupFolder, _ file: String, _ word: Substring) -> Int64? {
        guard let text = folder.text(file) else { return nil }
        return text.split(separator: "\n").reduce(0) { sum, line in
            let words = line.split(separator: " ")
            return words.count == 3 && words[1] == word ? sum + (Int64(words[2]) ?? 0) : sum
        }
    }
}
