import FoundationEssentials
import Glibc
import TareCore
import TareTestSupport
import Testing

@testable import TareLinux

/// What every control group does, on the host's own trees of both interfaces.
@Suite(.serialized, .enabled(if: TestGate.isRoot, "root is needed to make control groups"))
struct CgroupTestsSerial {
    /// The interfaces that this host has.
    static let hosts: [Cgroups] = {
        var found: [Cgroups] = []
        if let host = try? Cgroups.current() { found.append(host) }
        // Beside v1 trees there may be a v2 tree with few controllers: groups, freezing and ending work in it.
        if found.first?.interface == .v1,
            let two = MountTable.current().entries.last(where: { $0.type == "cgroup2" })?.folder
        {
            found.append(Cgroups(unified: two))
        }
        return found
    }()

    private func sleeper() throws -> pid_t {
        let null = try OwnedFileDescriptor(opening: "/dev/null", O_RDWR)
        return try ChildProcess.start(
            "/bin/sh", ["-c", "while :; do :; done"], streams: [null.raw, null.raw, null.raw])
    }

    private func name() -> String { "/tare-test-\(getpid())-\(UInt32.random(in: 0 ... .max))" }

    @Test("a group takes a process, freezes it, ends it and goes", arguments: hosts)
    func lives(_ host: Cgroups) throws {
        let top = name()
        let group = try host.group("\(top)/inner")
        try group.create()
        try group.create()
        let child = try sleeper()
        try group.attach(child)
        #expect(try group.processes() == [child])
        try group.freeze()
        func ticks() throws -> Substring? {
            try FileReading.text(at: "/proc/\(child)/stat").split(separator: " ").dropFirst(13).first
        }
        let before = try ticks()
        usleep(60_000)
        #expect(try ticks() == before, "a frozen process uses no CPU")
        try group.thaw()
        #expect(throws: TareError.self) { try group.attach(0x3fff_ffff) }
        try group.killAll()
        #expect(ChildProcess.wait(child) == 128 + SIGKILL)
        #expect(try group.processes() == [])
        try host.group(top).delete()
        #expect(!group.exists)
        try group.delete()
    }

    @Test("a frozen group's processes end too", arguments: hosts)
    func endsFrozen(_ host: Cgroups) throws {
        let group = try host.group(name())
        try group.create()
        let children = try (0..<3).map { _ in try sleeper() }
        for child in children { try group.attach(child) }
        try group.freeze()
        // Ended processes stay in a group until somebody waits for them.
        let waiter = TestThread { for child in children { _ = ChildProcess.wait(child) } }
        try group.killAll()
        waiter.join()
        try group.delete()
        #expect(!group.exists)
    }

    @Test("limits are set or refused by the controller's name, never ignored", arguments: hosts)
    func limits(_ host: Cgroups) throws {
        let group = try host.group(name())
        try group.create()
        let wanted: [(String, (inout CgroupLimits) -> Void)] = [
            ("memory", { $0.memory = .mebibytes(32) }),
            ("cpu", { ($0.cpuQuota, $0.cpuPeriod) = (25_000, 50_000) }),
            ("pids", { $0.tasks = 17 }),
            ("cpuset", { $0.cpus = "0" }),
            ("blkio|io", { $0.ioWeight = 200 }),
            ("cpu", { $0.realtimeRuntime = 1000 }),
            ("net_cls", { $0.networkClass = 1 }),
            ("hugetlb", { $0.hugePages = ["2MB": .mebibytes(2)] }),
        ]
        // On v2 the attempt would hand the controller down from the host's root, where it would stay.
        for (controller, change) in wanted where controller != "hugetlb" || host.interface == .v1 {
            var limits = CgroupLimits()
            change(&limits)
            do throws(TareError) {
                try group.apply(limits)
                let now = try group.limits()
                #expect(limits.memory == nil || now.memory == limits.memory)
                #expect(limits.cpuQuota == nil || now.cpuQuota == limits.cpuQuota)
                #expect(limits.tasks == nil || now.tasks == limits.tasks)
                #expect(limits.cpus == nil || now.cpus == limits.cpus)
                try host.check(limits)
            } catch {
                #expect(error.code == .unavailable, "\(error)")
                #expect(controller.split(separator: "|").contains { error.subject == "cgroup \($0)" }, "\(error)")
                #expect(throws: TareError.self) { try host.check(limits) }
            }
        }
        try group.delete()
    }

    @Test("usage counts what a process does", arguments: hosts)
    func usage(_ host: Cgroups) throws {
        let group = try host.group(name())
        try group.create()
        let child = try sleeper()
        try group.attach(child)
        usleep(100_000)
        let usage = try group.usage()
        if let tasks = usage.tasks { #expect(tasks == 1) }
        if let cpu = usage.cpu { #expect(cpu > 5_000_000 && cpu < 5_000_000_000) }
        kill(child, SIGKILL)
        _ = ChildProcess.wait(child)
        try group.delete()
    }

    @Test("a group that Tare did not make cannot be named", arguments: hosts)
    func names(_ host: Cgroups) throws {
        for path in ["/", "", "tare", "/system.slice", "/tarexyz", "/tare/../x", "/tare//x", "/tare/.", "/tare/"] {
            let error = #expect(throws: TareError.self) { try host.group(path) }
            #expect(error?.code == .invalid)
        }
        _ = try host.group("/tare/a/b")
    }
}
