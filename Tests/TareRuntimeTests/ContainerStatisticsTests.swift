import TareCore
import Testing

@testable import TareLinux
@testable import TareRuntime

@Suite struct ContainerStatisticsTests {
    @Test("memory used is usage without inactive page cache, and says so")
    func memory() throws {
        var usage = CgroupUsage()
        usage.memory = .mebibytes(100)
        usage.inactiveFile = .mebibytes(30)
        for (interface, formula) in [
            (Cgroups.Interface.v1, "memory.usage_in_bytes - total_inactive_file"),
            (.v2, "memory.current - inactive_file"),
        ] {
            let statistics = ContainerStatistics(
                before: nil,
                now: usage,
                nanoseconds: 0,
                limits: CgroupLimits(),
                interface: interface
            )
            #expect(statistics.memoryUsed?.value == .mebibytes(70))
            #expect(statistics.memoryUsed?.formula == formula)
            #expect(statistics.cpuPercent == nil)
        }
        usage.inactiveFile = .mebibytes(101)
        let raced = ContainerStatistics(
            before: nil,
            now: usage,
            nanoseconds: 0,
            limits: CgroupLimits(),
            interface: .v1
        )
        #expect(raced.memoryUsed?.value == .mebibytes(100))
    }

    @Test("two busy CPUs are 200 percent; a counter that went back is 0")
    func cpu() throws {
        var before = CgroupUsage()
        before.cpu = 1_000_000_000
        var now = CgroupUsage()
        now.cpu = 3_000_000_000
        func percent(_ before: CgroupUsage, _ now: CgroupUsage) -> Double? {
            ContainerStatistics(
                before: before,
                now: now,
                nanoseconds: 1_000_000_000,
                limits: CgroupLimits(),
                interface: .v1
            ).cpuPercent?.value
        }
        #expect(percent(before, now) == 200)
        #expect(percent(now, before) == 0)
    }

    @Test("an unprivileged user is told each thing that is missing")
    func rootless() {
        let layout = CgroupLayout(version: .v1, controllers: ["memory"], folder: "/sys/fs/cgroup", isWritable: false)
        let nothing = RootlessAnswer.answer(
            uid: 1000, user: "ann", cgroups: layout, value: { _ in nil }, find: { _ in nil })
        #expect(nothing.missing.count == 5)
        #expect(nothing.missing.contains { $0.contains("uidmap") })
        #expect(nothing.limits == ["no limits: control groups of v1 cannot be delegated to a user"])
        let ready = RootlessAnswer.answer(
            uid: 1000,
            user: "ann",
            cgroups: CgroupLayout(version: .v2, controllers: ["memory"], folder: "/sys/fs/cgroup", isWritable: true),
            value: { $0.hasPrefix("/etc/sub") ? "bob:1:2\nann:100000:65536" : "1000" },
            find: { "/usr/bin/" + $0 }
        )
        #expect(ready.isPossible)
        #expect(ready.limits == [])
        #expect(
            RootlessAnswer.answer(uid: 0, user: "root", cgroups: layout, value: { _ in nil }, find: { _ in nil })
                .isPossible)
    }
}
