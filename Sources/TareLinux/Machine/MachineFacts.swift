import CTareLinux
import TareCore

/// What a run's provenance says of the machine: read from the kernel, never guessed; a fact that the kernel lacks is left
/// out.
public struct MachineFacts: Codable, Sendable, Hashable {
    /// The memory nodes.
    public var numa: NUMATopology
    /// The other facts by name.
    public var facts: [String: String]

    /// Reads the facts; a dozen small files.
    public static func current() -> MachineFacts {
        var facts: [String: String] = ["cpu.allowed": "\(tare_allowed_cpus())"]
        let files = [
            "kernel": "/proc/sys/kernel/osrelease",
            "clock.source": "/sys/devices/system/clocksource/clocksource0/current_clocksource",
            "cpu.smt": "/sys/devices/system/cpu/smt/control",
            "cpu.governor": "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
            "memory.thp": "/sys/kernel/mm/transparent_hugepage/enabled",
            "memory.ksm": "/sys/kernel/mm/ksm/run",
            "load": "/proc/loadavg",
        ]
        for (name, path) in files {
            if let value = FileReading.valueIfPresent(at: path), !value.isEmpty { facts[name] = value }
        }
        let wanted = [
            ("/proc/cpuinfo", "model name", "cpu.model"), ("/proc/meminfo", "MemTotal", "memory.total"),
            ("/proc/meminfo", "SwapTotal", "memory.swap"),
        ]
        for (path, key, name) in wanted {
            guard let text = FileReading.valueIfPresent(at: path) else { continue }
            facts[name] = value(of: key, in: text)
        }
        return MachineFacts(numa: .current(), facts: facts)
    }

    /// All facts in one table, as `Dataset.machine` holds them.
    public var flat: [String: String] {
        var table = facts
        table["numa.nodes"] = "\(numa.nodes.count)"
        table["numa.source"] = numa.isFromKernel ? "libnuma" : "assumed"
        for node in numa.nodes {
            table["numa.node\(node.id).cpus"] = "\(node.cpus.count)"
            table["numa.node\(node.id).memory_bytes"] = "\(node.memory.bytes)"
            table["numa.node\(node.id).distances"] = node.distances.map(String.init).joined(separator: " ")
        }
        return table
    }

    /// The text after `key` and a colon on the first line that begins with the key.
    static func value(of key: String, in text: String) -> String? {
        for line in text.split(separator: "\n") where line.hasPrefix(key) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
        }
        return nil
    }
}
