import Glibc
import TareCore

/// Everything that the audit rests on, as it was found: plain values, so that the audit's rules can be tested.
public struct MachineProbe: Sendable {
    /// The tools that Tare starts, or will in a later part.
    public static let toolNames = [
        "debootstrap", "mmdebstrap", "mke2fs", "qemu-img", "qemu-system-x86_64", "crun", "runc",
    ]

    /// The kernel's facts and the memory nodes.
    public var machine: MachineFacts
    /// KVM.
    public var kvm: KVMProbe
    /// Control groups.
    public var cgroups: CgroupLayout
    /// What the kernel said to the trials that failed.
    public var trials: [KernelTrial: String]
    /// The tools that are there, by name.
    public var tools: [String: String]
    /// The disk of the state folder; missing where it cannot be looked at.
    public var disk: DiskSpace?
    /// The state folder itself.
    public var stateFolder: String
    /// Small values of sysfs and procfs by audit id, where the kernel has them.
    public var values: [String: String]
    /// CPUs that this process may use.
    public var cpus: Int
    /// Whether the user is root.
    public var isRoot: Bool

    /// Probes this machine: at most some 2 seconds, in children that end; nothing on the machine changes.
    ///
    /// - Parameter stateFolder: where Tare keeps its state.
    /// - Returns: what was found.
    public static func current(stateFolder: String) -> MachineProbe {
        let machine = MachineFacts.current()
        var trials: [KernelTrial: String] = [:]
        for trial in KernelTrial.allCases { trials[trial] = trial.failure() }
        var tools: [String: String] = [:]
        for name in toolNames { tools[name] = ToolSearch.find(name) }
        return MachineProbe(
            machine: machine,
            kvm: .run(),
            cgroups: .current(),
            trials: trials,
            tools: tools,
            disk: try? .holding(stateFolder),
            stateFolder: stateFolder,
            values: values(),
            cpus: machine.facts["cpu.allowed"].flatMap { Int($0) } ?? 1,
            isRoot: geteuid() == 0
        )
    }

    private static func values() -> [String: String] {
        var found: [String: String] = [:]
        let files = [
            "cpu.no_turbo": "/sys/devices/system/cpu/intel_pstate/no_turbo",
            "cpu.boost": "/sys/devices/system/cpu/cpufreq/boost",
            "cpu.smt": "/sys/devices/system/cpu/smt/active",
            "hypervisor.vendor": "/sys/class/dmi/id/sys_vendor",
        ]
        for (id, path) in files {
            if let value = FileReading.valueIfPresent(at: path), !value.isEmpty { found[id] = value }
        }
        if let text = FileReading.valueIfPresent(at: "/proc/cpuinfo") {
            let flags = MachineFacts.value(of: "flags", in: text) ?? ""
            found["hypervisor.flag"] = flags.split(separator: " ").contains("hypervisor") ? "1" : "0"
        }
        return found
    }
}
