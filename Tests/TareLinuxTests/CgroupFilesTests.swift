import FoundationEssentials
import TareCore
import Testing

@testable import TareLinux

/// The files of v2, in a folder that looks like a host with all controllers.
@Suite struct CgroupFilesTests {
    private func fake(_ files: [String: String]) throws -> (root: String, group: any Cgroup) {
        let root = "/tmp/tare-fake-\(UInt64.random(in: 0 ... .max))"
        try FolderMaking.make("\(root)/tare")
        try AtomicFile.write("\(root)/cgroup.controllers", text: "cpuset cpu io memory hugetlb pids\n")
        for (name, text) in files { try AtomicFile.write("\(root)/tare/\(name)", text: text) }
        return (root, try Cgroups(unified: root).group("/tare"))
    }

    @Test("v2 files get the limits in their own words")
    func writes() throws {
        let names = [
            "memory.max", "memory.swap.max", "memory.low", "cpu.max", "cpu.weight", "cpuset.cpus", "pids.max", "io.max",
            "io.weight",
        ]
        var files = Dictionary(uniqueKeysWithValues: names.map { ($0, "") })
        files["cgroup.controllers"] = "cpuset cpu io memory hugetlb pids\n"
        let (root, group) = try fake(files)
        defer { try? FileManager.default.removeItem(atPath: root) }
        var limits = CgroupLimits()
        limits.memory = .mebibytes(64)
        limits.memoryAndSwap = .mebibytes(96)
        limits.memoryReservation = .mebibytes(32)
        limits.cpuQuota = 20_000
        limits.cpuPeriod = 100_000
        limits.cpuShares = 1024
        limits.cpus = "0-1"
        limits.tasks = -1
        limits.ioWeight = 300
        limits.ioRates = [CgroupIORate(major: 254, minor: 0, kind: .writeBytes, rate: 1_000_000)]
        try Cgroups(unified: root).check(limits)
        try group.apply(limits)
        func text(_ name: String) throws -> String { try FileReading.text(at: "\(root)/tare/\(name)") }
        #expect(try text("memory.max") == "67108864")
        #expect(try text("memory.swap.max") == "33554432")
        #expect(try text("memory.low") == "33554432")
        #expect(try text("cpu.max") == "20000 100000")
        #expect(try text("cpu.weight") == "39")
        #expect(try text("cpuset.cpus") == "0-1")
        #expect(try text("pids.max") == "max")
        #expect(try text("io.max") == "254:0 wbps=1000000")
        #expect(try text("io.weight") == "300")
        var back = limits
        back.ioWeight = nil
        back.memoryNodes = nil
        back.tasks = nil
        back.cpuShares = CgroupV2.shares(39)
        #expect(try group.limits() == back)
    }

    @Test("v2 has no real-time runtime and no network class, and says so")
    func refuses() throws {
        let (root, group) = try fake(["cgroup.controllers": "cpu memory\n"])
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (subject, change) in [
            ("cgroup cpu", { (limits: inout CgroupLimits) in limits.realtimeRuntime = 1 }),
            ("cgroup net_cls", { $0.networkClass = 1 }), ("cgroup pids", { $0.tasks = 1 }),
        ] {
            var limits = CgroupLimits()
            change(&limits)
            let error = #expect(throws: TareError.self) { try group.apply(limits) }
            #expect(error?.code == .unavailable)
            #expect(error?.subject == subject)
        }
    }

    @Test("v2 usage is read from its files")
    func reads() throws {
        let (root, group) = try fake([
            "memory.current": "1000000\n", "memory.peak": "2000000\n",
            "memory.stat": "anon 400000\nfile 500000\nkernel 100000\ninactive_file 300000\n",
            "memory.events": "low 0\noom 2\noom_kill 1\n",
            "cpu.stat": "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\nthrottled_usec 7\n", "pids.current": "3\n",
            "io.stat": "254:0 rbytes=4096 wbytes=8192 rios=1 wios=2\n7:0 rbytes=1 wbytes=2 rios=3 wios=4\n",
        ])
        defer { try? FileManager.default.removeItem(atPath: root) }
        let usage = try group.usage()
        #expect(usage.memory == ByteCount(1_000_000))
        #expect(usage.inactiveFile == ByteCount(300_000))
        #expect(usage.kernel == ByteCount(100_000))
        #expect(usage.oomKills == 1)
        #expect(usage.cpu == 1_500_000)
        #expect(usage.throttled == 7000)
        #expect(usage.tasks == 3)
        #expect(usage.readBytes == ByteCount(4097))
        #expect(usage.writes == 6)
    }

    @Test("shares and weight turn into each other without drift")
    func weights() {
        #expect(CgroupV2.weight(2) == 1)
        #expect(CgroupV2.weight(262_144) == 10_000)
        for weight in UInt64(1)...10_000 { #expect(CgroupV2.weight(CgroupV2.shares(weight)) == weight) }
    }

    @Test("of mounts on both interfaces the one with the controllers is used")
    func chooses() throws {
        let hybrid = """
            cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0
            cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0
            cgroup /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0
            cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
            """
        let both = try Cgroups(MountTable(text: hybrid))
        #expect(both.interface == .v1)
        #expect(both.trees["cpuacct"] == "/sys/fs/cgroup/cpu,cpuacct")
        #expect(both.folders.count == 4)
        let two = try Cgroups(MountTable(text: "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0"))
        #expect(two.interface == .v2)
        let error = #expect(throws: TareError.self) { try Cgroups(MountTable(text: "proc /proc proc rw 0 0")) }
        #expect(error?.code == .unavailable)
    }
}
