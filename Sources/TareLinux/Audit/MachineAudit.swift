import TareCore

/// What `tare doctor` says: every fact that bears on a measurement, and what can be done here.
///
///     MachineProbe (the kernel asked and tried) -> rules -> lines ok / warn / missing + abilities
public struct MachineAudit: Codable, Sendable {
    /// The lines in the order in which they are printed.
    public var lines: [AuditLine]
    /// What can be done here.
    public var abilities: [Ability]
    /// The memory nodes as libnuma sees them.
    public var numa: NUMATopology
    /// The KVM probe's numbers.
    public var kvm: KVMProbe
    /// Control groups.
    public var cgroups: CgroupLayout
    /// The state folder's disk.
    public var disk: DiskSpace?

    /// Judges what was probed; touches nothing.
    public init(_ found: MachineProbe) {
        lines =
            Self.processor(found) + Self.memory(found) + Self.kernel(found) + Self.storage(found)
            + Self.tools(found)
        abilities = Ability.all(found)
        numa = found.machine.numa
        kvm = found.kvm
        cgroups = found.cgroups
        disk = found.disk
    }

    private static func processor(_ found: MachineProbe) -> [AuditLine] {
        let facts = found.machine.facts
        var lines = [AuditLine("cpu", .ok, "\(facts["cpu.model"] ?? "unknown model"), \(found.cpus) usable")]
        lines.append(numa(found.machine.numa))
        switch facts["cpu.governor"] {
        case "performance"?: lines.append(AuditLine("cpu.governor", .ok, "performance"))
        case let other?:
            lines.append(AuditLine("cpu.governor", .warn, other, advice: "set it to performance for steady times"))
        case nil: lines.append(AuditLine("cpu.governor", .missing, "the kernel does not tell, as in most VMs"))
        }
        lines.append(turbo(found.values))
        switch found.values["cpu.smt"] {
        case "1"?: lines.append(AuditLine("cpu.smt", .warn, "on", advice: "two threads share a core"))
        case "0"?: lines.append(AuditLine("cpu.smt", .ok, "off"))
        default: lines.append(AuditLine("cpu.smt", .missing, "the kernel does not tell"))
        }
        lines.append(load(facts["load"], cpus: found.cpus))
        let clock = facts["clock.source"]
        if let clock {
            let steady = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"].contains(clock)
            let advice = steady ? nil : "reading it costs about a microsecond"
            lines.append(AuditLine("clock", steady ? .ok : .warn, clock, advice: advice))
        } else {
            lines.append(AuditLine("clock", .missing, "the kernel does not tell"))
        }
        return lines
    }

    private static func numa(_ topology: NUMATopology) -> AuditLine {
        let count = topology.nodes.count
        let each = topology.nodes.map { node in
            "node \(node.id): \(node.cpus.count) CPUs, \(node.memory), distances "
                + node.distances.map(String.init).joined(separator: " ")
        }
        let text = "\(count) node\(count == 1 ? "" : "s") (\(each.joined(separator: "; ")))"
        return topology.isFromKernel
            ? AuditLine("numa", .ok, text)
            : AuditLine("numa", .missing, "one node is assumed", advice: "the kernel has no NUMA policy calls")
    }

    private static func turbo(_ values: [String: String]) -> AuditLine {
        switch (values["cpu.no_turbo"], values["cpu.boost"]) {
        case ("1"?, _), (nil, "0"?): AuditLine("cpu.turbo", .ok, "off")
        case ("0"?, _), (nil, "1"?): AuditLine("cpu.turbo", .warn, "on", advice: "times depend on heat and neighbours")
        default: AuditLine("cpu.turbo", .missing, "the kernel does not tell, as in most VMs")
        }
    }

    private static func load(_ text: String?, cpus: Int) -> AuditLine {
        guard let first = text?.split(separator: " ").first, let value = Double(first) else {
            return AuditLine("load", .missing, "the kernel does not tell")
        }
        let busy = value > 0.5 * Double(max(cpus, 1))
        let advice = busy ? "other work runs; times measured now are noisy" : nil
        return AuditLine("load", busy ? .warn : .ok, "\(first) over the last minute, \(cpus) CPUs", advice: advice)
    }

    private static func memory(_ found: MachineProbe) -> [AuditLine] {
        let facts = found.machine.facts
        // The kernel's "kB" are KiB.
        let total = facts["memory.total"]?.split(separator: " ").first.flatMap { Int64($0) }
        var lines = [
            total.map { AuditLine("memory", .ok, "\(ByteCount($0 << 10))") }
                ?? AuditLine("memory", .missing, "the kernel does not tell")
        ]
        if let swap = facts["memory.swap"] {
            let none = swap.hasPrefix("0 ")
            let advice = none ? nil : "resident figures shrink where pages are swapped out"
            lines.append(AuditLine("memory.swap", none ? .ok : .warn, none ? "none" : swap, advice: advice))
        } else {
            lines.append(AuditLine("memory.swap", .missing, "the kernel does not tell"))
        }
        if let choice = facts["memory.thp"] {
            let chosen = choice.split(separator: " ").first { $0.hasPrefix("[") }.map {
                String($0.dropFirst().dropLast())
            }
            let always = chosen == "always"
            let advice = always ? "resident figures grow in steps of 2 MiB" : nil
            lines.append(AuditLine("memory.thp", always ? .warn : .ok, chosen ?? choice, advice: advice))
        } else {
            lines.append(AuditLine("memory.thp", .missing, "no transparent huge pages"))
        }
        switch facts["memory.ksm"] {
        case "0"?: lines.append(AuditLine("memory.ksm", .ok, "off"))
        case nil: lines.append(AuditLine("memory.ksm", .missing, "the kernel merges no pages"))
        default: lines.append(AuditLine("memory.ksm", .warn, "on", advice: "equal pages of guests are counted once"))
        }
        return lines
    }

    private static func kernel(_ found: MachineProbe) -> [AuditLine] {
        var lines = [AuditLine("kernel", .ok, found.machine.facts["kernel"] ?? "unknown release")]
        if found.values["hypervisor.flag"] == "1" {
            let vendor = found.values["hypervisor.vendor"].map { " (\($0))" } ?? ""
            lines.append(
                AuditLine(
                    "hypervisor", .warn, "this machine is a guest\(vendor)", advice: "neighbours may take CPU time")
            )
        } else {
            lines.append(AuditLine("hypervisor", .ok, "none: the CPU does not say that it is a guest's"))
        }
        lines.append(kvm(found.kvm))
        let groups = found.cgroups
        if groups.version == .none {
            lines.append(AuditLine("cgroups", .missing, "none mounted", advice: "mount cgroup2 at /sys/fs/cgroup"))
        } else {
            let text = "\(groups.version.rawValue): \(groups.controllers.joined(separator: " "))"
            let lacking = ["cpu", "memory", "pids"].filter { !groups.controllers.contains($0) }
            var advice: [String] = []
            if !lacking.isEmpty { advice.append("without \(lacking.joined(separator: ", "))") }
            if !groups.isWritable { advice.append("this user may make no groups") }
            let status: AuditLine.Status = advice.isEmpty ? .ok : .warn
            lines.append(
                AuditLine("cgroups", status, text, advice: advice.isEmpty ? nil : advice.joined(separator: "; ")))
        }
        for trial in KernelTrial.allCases {
            let failure = found.trials[trial]
            lines.append(
                AuditLine(
                    trial.rawValue, failure == nil ? .ok : .missing, failure.map { "tried: \($0)" } ?? "tried: works")
            )
        }
        return lines
    }

    private static func kvm(_ probe: KVMProbe) -> AuditLine {
        let time = probe.nanosecondsPerIteration.map { " (\(NumberText.significant($0)) ns a loop)" } ?? ""
        return switch probe.state {
        case .usable: AuditLine("kvm", .ok, "usable\(time)")
        case .emulated: AuditLine("kvm", .warn, "emulated\(time)", advice: "guests boot too slowly to be timed")
        case .absent: AuditLine("kvm", .missing, "absent: \(probe.reason ?? "")")
        case .broken: AuditLine("kvm", .warn, "broken: \(probe.reason ?? "")", advice: "guests cannot run under it")
        }
    }

    private static func storage(_ found: MachineProbe) -> [AuditLine] {
        guard let disk = found.disk else {
            return [AuditLine("disk", .missing, "cannot look at \(found.stateFolder)")]
        }
        var advice: [String] = []
        if disk.free.bytes < 4 << 30 { advice.append("building image roots needs 4 GiB") }
        if disk.type == "tmpfs" { advice.append("a tmpfs is lost at reboot; set TARE_HOME elsewhere") }
        if !disk.isWritable { advice.append("this user may not write there; set TARE_HOME elsewhere") }
        return [
            AuditLine(
                "disk",
                advice.isEmpty ? .ok : .warn,
                "\(disk.free) free of \(disk.total) on \(disk.type), for \(found.stateFolder)",
                advice: advice.isEmpty ? nil : advice.joined(separator: "; ")
            )
        ]
    }

    private static func tools(_ found: MachineProbe) -> [AuditLine] {
        let packages = ["mke2fs": "e2fsprogs", "qemu-img": "qemu-utils", "qemu-system-x86_64": "qemu-system-x86"]
        return MachineProbe.toolNames.map { name in
            if let path = found.tools[name] { return AuditLine("tool.\(name)", .ok, path) }
            return AuditLine("tool.\(name)", .missing, "not found", advice: "apt-get install \(packages[name] ?? name)")
        }
    }
}
