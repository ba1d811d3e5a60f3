import TareCore

/// What a limit needs of the host.
struct CgroupNeed {
    /// The limit in words.
    var limit: String
    /// The v1 controller.
    var v1Controller: String
    /// A file in the root of the v1 tree that only a kernel with the feature has.
    var v1RootFile: String?
    /// The v2 controller; `nil` where v2 has none.
    var v2Controller: String?

    /// The needs of all limits that are set.
    static func of(_ limits: CgroupLimits) -> [CgroupNeed] {
        var needs: [CgroupNeed] = []
        func need(_ isSet: Bool, _ limit: String, _ one: String, _ two: String?, file: String? = nil) {
            guard isSet else { return }
            needs.append(CgroupNeed(limit: limit, v1Controller: one, v1RootFile: file, v2Controller: two))
        }
        need(limits.memory != nil || limits.memoryReservation != nil, "memory", "memory", "memory")
        need(
            limits.memoryAndSwap != nil,
            "memory and swap",
            "memory",
            "memory",
            file: "memory.memsw.usage_in_bytes"
        )
        need(limits.cpuQuota != nil || limits.cpuPeriod != nil, "CPU quota", "cpu", "cpu")
        need(limits.cpuShares != nil, "CPU shares", "cpu", "cpu")
        need(limits.cpus != nil || limits.memoryNodes != nil, "CPU set", "cpuset", "cpuset")
        need(limits.tasks != nil, "tasks", "pids", "pids")
        need(!limits.ioRates.isEmpty, "disk rates", "blkio", "io", file: "blkio.throttle.read_bps_device")
        // The root of a tree has no weight on some kernels; the file that tells is in any group, and `apply` looks there.
        need(limits.ioWeight != nil, "disk weight", "blkio", "io", file: "blkio.bfq.weight")
        need(limits.realtimeRuntime != nil, "real-time runtime", "cpu", nil, file: "cpu.rt_runtime_us")
        need(!limits.hugePages.isEmpty, "huge pages", "hugetlb", "hugetlb")
        need(limits.networkClass != nil, "network class", "net_cls", nil)
        return needs
    }

    /// The error that says what is missing.
    func refusal(_ controller: String, file: String? = nil) -> TareError {
        let what =
            file.map { "this kernel's controller \(controller) has no \($0)" }
            ?? "this host has no controller \(controller)"
        return TareError(
            .unavailable,
            subject: "cgroup \(controller)",
            "cannot limit \(limit): \(what)",
            hint: "leave that limit out, or use a host that has it; `tare doctor` lists the controllers"
        )
    }
}
