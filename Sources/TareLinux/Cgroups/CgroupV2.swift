import Glibc
import TareCore

/// A group in the one tree of v2.
struct CgroupV2: Cgroup {
    let path: String
    private let root: CgroupFolder
    private let folder: CgroupFolder

    init(path: String, root: String) {
        self.path = path
        self.root = CgroupFolder(path: root)
        folder = CgroupFolder(path: root + path)
    }

    var exists: Bool { folder.exists }

    func create() throws(TareError) { try create(handing: ["cpu", "cpuset", "io", "memory", "pids"]) }

    /// A controller counts in a group only where every group above hands it down.
    private func create(handing controllers: [String]) throws(TareError) {
        var above = root.path
        for part in path.split(separator: "/") {
            let parent = CgroupFolder(path: above)
            let has = Set((parent.text("cgroup.controllers") ?? "").split(separator: " "))
            let down = Set((parent.text("cgroup.subtree_control") ?? "").split(separator: " "))
            for controller in controllers {
                guard has.contains(Substring(controller)), !down.contains(Substring(controller)) else { continue }
                try parent.write("cgroup.subtree_control", "+\(controller)", wanted: "hand \(controller) down")
            }
            above = PathText.join(above, String(part))
            try FolderMaking.make(above)
        }
    }

    func attach(_ pid: Int32) throws(TareError) {
        try folder.write("cgroup.procs", "\(pid)", wanted: "move a process to the group")
    }

    func apply(_ limits: CgroupLimits) throws(TareError) {
        func set(_ controller: String, _ file: String, _ value: String, _ limit: String) throws(TareError) {
            let need = CgroupNeed(limit: limit, v1Controller: controller, v1RootFile: nil, v2Controller: controller)
            let controllers = (folder.text("cgroup.controllers") ?? "").split(separator: " ")
            guard controllers.contains(Substring(controller)) else { throw need.refusal(controller) }
            guard folder.has(file) else { throw need.refusal(controller, file: file) }
            try folder.write(file, value, wanted: "limit \(limit)")
        }
        func orMax(_ number: Int64) -> String { number < 0 ? "max" : "\(number)" }
        if let memory = limits.memory { try set("memory", "memory.max", orMax(memory.bytes), "memory") }
        if let both = limits.memoryAndSwap {
            // v2 counts swap alone.
            let swap = both.bytes < 0 ? -1 : both.bytes - (limits.memory?.bytes ?? 0)
            try set("memory", "memory.swap.max", orMax(swap), "memory and swap")
        }
        if let soft = limits.memoryReservation { try set("memory", "memory.low", orMax(soft.bytes), "memory") }
        if limits.cpuQuota != nil || limits.cpuPeriod != nil {
            let now = (folder.text("cpu.max") ?? "max 100000").split(separator: " ")
            let quota = limits.cpuQuota.map(orMax) ?? String(now.first ?? "max")
            let period = limits.cpuPeriod.map { "\($0)" } ?? String(now.last ?? "100000")
            try set("cpu", "cpu.max", "\(quota) \(period)", "CPU quota")
        }
        if let shares = limits.cpuShares { try set("cpu", "cpu.weight", "\(Self.weight(shares))", "CPU shares") }
        if let cpus = limits.cpus { try set("cpuset", "cpuset.cpus", cpus, "CPU set") }
        if let nodes = limits.memoryNodes { try set("cpuset", "cpuset.mems", nodes, "CPU set") }
        if let tasks = limits.tasks { try set("pids", "pids.max", orMax(tasks), "tasks") }
        if let weight = limits.ioWeight {
            let file = folder.has("io.bfq.weight") ? "io.bfq.weight" : "io.weight"
            try set("io", file, "\(weight)", "disk weight")
        }
        for rate in limits.ioRates {
            let value = "\(rate.major):\(rate.minor) \(Self.name(of: rate.kind))=\(rate.rate)"
            try set("io", "io.max", value, "disk rates")
        }
        if !limits.hugePages.isEmpty { try create(handing: ["hugetlb"]) }
        for (size, bytes) in limits.hugePages.sorted(by: { $0.key < $1.key }) {
            try set("hugetlb", "hugetlb.\(size).max", "\(bytes.bytes)", "huge pages")
        }
        for need in CgroupNeed.of(limits) where need.v2Controller == nil { throw need.refusal(need.v1Controller) }
    }

    func limits() throws(TareError) -> CgroupLimits {
        var limits = CgroupLimits()
        limits.memory = folder.number("memory.max").map { ByteCount($0) }
        if let memory = limits.memory, let swap = folder.number("memory.swap.max") {
            limits.memoryAndSwap = memory + ByteCount(swap)
        }
        limits.memoryReservation = folder.number("memory.low").map { ByteCount($0) }
        let cpu = (folder.text("cpu.max") ?? "").split(separator: " ")
        if cpu.count == 2 {
            limits.cpuQuota = Int64(cpu[0])
            limits.cpuPeriod = UInt64(cpu[1])
        }
        limits.cpuShares = folder.number("cpu.weight").map { Self.shares(UInt64($0)) }
        limits.cpus = folder.text("cpuset.cpus")
        limits.memoryNodes = folder.text("cpuset.mems")
        limits.tasks = folder.number("pids.max")
        for line in (folder.text("io.max") ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            let numbers = words.first?.split(separator: ":").compactMap { Int64($0) } ?? []
            guard numbers.count == 2 else { continue }
            for kind in CgroupIORate.Kind.allCases {
                let key = Self.name(of: kind) + "="
                guard let word = words.first(where: { $0.hasPrefix(key) }),
                    let rate = UInt64(word.dropFirst(key.utf8.count))
                else { continue }
                limits.ioRates.append(CgroupIORate(major: numbers[0], minor: numbers[1], kind: kind, rate: rate))
            }
        }
        return limits
    }

    func usage() throws(TareError) -> CgroupUsage {
        var usage = CgroupUsage()
        let memory = folder.table("memory.stat")
        func bytes(_ key: Substring) -> ByteCount? { memory[key].map { ByteCount(Int64(clamping: $0)) } }
        usage.memory = folder.number("memory.current").map { ByteCount($0) }
        usage.memoryPeak = folder.number("memory.peak").map { ByteCount($0) }
        usage.inactiveFile = bytes("inactive_file")
        usage.anonymous = bytes("anon")
        usage.file = bytes("file")
        usage.kernel = bytes("kernel")
        usage.oomKills = folder.table("memory.events")["oom_kill"].map { Int64(clamping: $0) }
        let cpu = folder.table("cpu.stat")
        usage.cpu = cpu["usage_usec"].map { $0 * 1000 }
        usage.cpuUser = cpu["user_usec"].map { $0 * 1000 }
        usage.cpuSystem = cpu["system_usec"].map { $0 * 1000 }
        usage.throttled = cpu["throttled_usec"].map { $0 * 1000 }
        usage.tasks = folder.number("pids.current")
        if let text = folder.text("io.stat") {
            func sum(_ key: String) -> Int64 {
                text.split { $0 == "\n" || $0 == " " }.reduce(0) { sum, word in
                    word.hasPrefix(key + "=") ? sum + (Int64(word.dropFirst(key.utf8.count + 1)) ?? 0) : sum
                }
            }
            usage.readBytes = ByteCount(sum("rbytes"))
            usage.writtenBytes = ByteCount(sum("wbytes"))
            usage.reads = sum("rios")
            usage.writes = sum("wios")
        }
        return usage
    }

    func freeze() throws(TareError) { try freezer("1", wanted: "freeze the group") }

    func thaw() throws(TareError) { try freezer("0", wanted: "thaw the group") }

    func processes() throws(TareError) -> [Int32] { folder.processes().sorted() }

    func killAll() throws(TareError) {
        // One write ends all, also those that fork meanwhile (Linux 5.14).
        if folder.has("cgroup.kill") { try folder.write("cgroup.kill", "1", wanted: "end the group's processes") }
        for turn in 0..<200 {
            let all = try processes()
            if all.isEmpty { return }
            if !folder.has("cgroup.kill") {
                for pid in all { kill(pid, SIGKILL) }
            }
            usleep(turn < 10 ? 2000 : 25_000)
        }
        throw TareError(.timedOut, subject: path, "cannot end the group's processes: some are still there after 5 s")
    }

    func delete() throws(TareError) { try folder.remove() }

    private func freezer(_ state: String, wanted: String) throws(TareError) {
        try folder.write("cgroup.freeze", state, wanted: wanted)
        for turn in 0..<500 {
            if folder.table("cgroup.events")["frozen"] == UInt64(state) { return }
            usleep(turn < 20 ? 200 : 5000)
        }
        throw TareError(.timedOut, subject: folder.path, "cannot \(wanted): it is not in that state after 2 s")
    }

    /// The weight of v2, 1 to 10,000, for the shares of v1, 2 to 262,144: the linear rule that runc and crun use.
    static func weight(_ shares: UInt64) -> UInt64 { 1 + (min(max(shares, 2), 262_144) - 2) * 9999 / 262_142 }

    /// The least shares that have a weight.
    static func shares(_ weight: UInt64) -> UInt64 {
        2 + (max(weight, 1) - 1) * 262_142 / 9999 + (weight > 1 ? 1 : 0)
    }

    private static func name(of kind: CgroupIORate.Kind) -> String {
        switch kind {
        case .readBytes: "rbps"
        case .writeBytes: "wbps"
        case .reads: "riops"
        case .writes: "wiops"
        }
    }
}
