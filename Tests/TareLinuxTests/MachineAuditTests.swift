import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite struct MachineAuditTests {
    private static let bare = MachineProbe(
        machine: MachineFacts(
            numa: NUMATopology(
                nodes: [.init(id: 0, cpus: [0, 1], memory: ByteCount(1 << 30), distances: [10])],
                isFromKernel: true
            ),
            facts: [
                "kernel": "6.1", "cpu.governor": "performance", "load": "0.10 0.1 0.1 1/2 3", "clock.source": "tsc",
                "memory.total": "1 kB", "memory.swap": "0 kB", "memory.thp": "always [madvise] never",
                "memory.ksm": "0",
            ]
        ),
        kvm: KVMProbe(state: .usable, nanosecondsPerIteration: 1),
        cgroups: CgroupLayout(version: .v2, controllers: ["cpu", "memory", "pids"], folder: "/g", isWritable: true),
        trials: [:],
        tools: Dictionary(uniqueKeysWithValues: MachineProbe.toolNames.map { ($0, "/usr/bin/\($0)") }),
        disk: DiskSpace(
            folder: "/", type: "ext4", free: ByteCount(8 << 30), total: ByteCount(9 << 30), isWritable: true),
        stateFolder: "/var/lib/tare",
        values: ["cpu.no_turbo": "1", "cpu.smt": "0", "hypervisor.flag": "0"],
        cpus: 2,
        isRoot: true
    )

    private func status(_ id: String, _ found: MachineProbe) -> AuditLine.Status? {
        MachineAudit(found).lines.first { $0.id == id }?.status
    }

    @Test("a quiet bare machine with every tool has only good lines and can build roots")
    func bare() {
        let audit = MachineAudit(Self.bare)
        #expect(audit.lines.filter { $0.status != .ok }.isEmpty)
        #expect(Set(audit.lines.map(\.id)).count == audit.lines.count)
        #expect(audit.abilities.map(\.name) == Ability.Name.allCases)
        #expect(audit.abilities.filter { !$0.isMachineReady }.isEmpty)
        #expect(audit.abilities.filter(\.isAvailable).map(\.name) == [.simulate, .weigh, .imageRoots])
    }

    @Test("every trouble turns its own line, and no other")
    func troubles() {
        let troubles: [(String, AuditLine.Status, (inout MachineProbe) -> Void)] = [
            ("kvm", .warn, { $0.kvm = KVMProbe(state: .emulated, nanosecondsPerIteration: 3000) }),
            ("kvm", .missing, { $0.kvm = KVMProbe(state: .absent, reason: "no") }),
            ("overlay", .missing, { $0.trials[.overlay] = "no" }),
            ("seccomp", .missing, { $0.trials[.seccomp] = "no" }),
            ("cgroups", .warn, { $0.cgroups.controllers = ["cpu"] }),
            ("cgroups", .missing, { $0.cgroups.version = .none }),
            ("disk", .warn, { $0.disk?.free = ByteCount(1 << 30) }),
            ("disk", .missing, { $0.disk = nil }),
            ("load", .warn, { $0.machine.facts["load"] = "1.50 1 1 1/2 3" }),
            ("memory.swap", .warn, { $0.machine.facts["memory.swap"] = "5 kB" }),
            ("memory.thp", .warn, { $0.machine.facts["memory.thp"] = "[always] madvise never" }),
            ("memory.ksm", .warn, { $0.machine.facts["memory.ksm"] = "1" }),
            ("cpu.governor", .warn, { $0.machine.facts["cpu.governor"] = "powersave" }),
            ("cpu.turbo", .warn, { $0.values["cpu.no_turbo"] = "0" }),
            ("cpu.smt", .warn, { $0.values["cpu.smt"] = "1" }),
            ("hypervisor", .warn, { $0.values["hypervisor.flag"] = "1" }),
            ("clock", .warn, { $0.machine.facts["clock.source"] = "hpet" }),
            ("numa", .missing, { $0.machine.numa.isFromKernel = false }),
            ("tool.crun", .missing, { $0.tools["crun"] = nil }),
        ]
        for (id, wanted, spoil) in troubles {
            var found = Self.bare
            spoil(&found)
            #expect(status(id, found) == wanted, "\(id)")
            #expect(MachineAudit(found).lines.filter { $0.status != .ok }.count == 1, "\(id)")
        }
    }

    @Test("image roots need a builder and root, and say which is lacking")
    func roots() {
        var found = Self.bare
        found.tools["debootstrap"] = nil
        #expect(MachineAudit(found).abilities[2].isAvailable)
        found.tools["mmdebstrap"] = nil
        #expect(MachineAudit(found).abilities[2].reason == "lacks debootstrap or mmdebstrap")
        found.isRoot = false
        #expect(MachineAudit(found).abilities[2].reason == "lacks debootstrap or mmdebstrap, root")
    }

    @Test("KVM is probed within two seconds, twice with the same state")
    func kvm() {
        let began = HostClock.monotonicNanoseconds()
        let first = KVMProbe.run()
        #expect(HostClock.monotonicNanoseconds() - began < 2_500_000_000)
        #expect((first.nanosecondsPerIteration != nil) == (first.state == .usable || first.state == .emulated))
        #expect((first.reason != nil) == (first.state == .absent || first.state == .broken))
    }

    @Test("trials leave the mounts as they were")
    func trials() {
        // Other tests mount meanwhile; what the trials mount is at these two places only.
        func mounts() -> [MountTable.Entry] {
            MountTable.current().entries.filter { $0.folder == "/tmp" || $0.folder == "/tmp/merged" }
        }
        let before = mounts()
        for trial in KernelTrial.allCases { _ = trial.failure() }
        #expect(mounts() == before)
        #expect(!FileReading.exists("/tmp/merged"))
    }

    @Test("mounts are read with escaped spaces, and the deepest one holds a path")
    func mounts() {
        let table = MountTable(text: "a / ext4 rw 0 0\nb /a\\040b tmpfs rw,size=1 0 0\nc /a xfs rw 0 0\n")
        #expect(table.holding("/a b/c")?.type == "tmpfs")
        #expect(table.holding("/a/b")?.type == "xfs")
        #expect(table.holding("/ab")?.type == "ext4")
        #expect(table.entries[1].options == ["rw", "size=1"])
    }

    @Test(
        "control groups are told apart",
        arguments: [
            ("n /g cgroup2 rw 0 0", CgroupLayout.Version.v2, ["cpu", "memory"]),
            ("n /g/m cgroup rw,memory 0 0\nn /g/s cgroup rw,name=systemd 0 0", .v1, ["memory"]),
            ("n /g/m cgroup rw,pids 0 0\nn /g cgroup2 rw 0 0", .hybrid, ["cpu", "memory", "pids"]),
            ("n / ext4 rw 0 0", .none, []),
        ] as [(String, CgroupLayout.Version, [String])]
    )
    func cgroups(mounts: String, version: CgroupLayout.Version, controllers: [String]) {
        let layout = CgroupLayout.read(MountTable(text: mounts)) { $0 == "/g/cgroup.controllers" ? "memory cpu" : nil }
        #expect(layout.version == version)
        #expect(layout.controllers == controllers)
    }

    @Test("a tool is found where the path says, and a folder of its name is none")
    func tools() {
        #expect(ToolSearch.find("sh", path: "/bin") == "/bin/sh")
        #expect(ToolSearch.find("tare-no-such-tool", path: "/bin") == nil)
        #expect(ToolSearch.find("bin", path: "/usr") == nil)
    }

    @Test("the disk of a folder that is not made yet is its parent's")
    func disk() throws {
        let space = try DiskSpace.holding("/tmp/tare-none-\(getpid())/deep/er")
        #expect(space.folder == "/tmp")
        #expect(space.free.bytes > 0 && space.free <= space.total)
    }
}
