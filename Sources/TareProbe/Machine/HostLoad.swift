import TareCore
import TareLinux

/// CPU time of the whole machine, from the first line of /proc/stat: how quiet it was while something was measured.
public struct HostLoad: Sendable, Hashable {
    /// CPU seconds spent on programs and kernel, all CPUs.
    public var busySeconds: Double
    /// CPU seconds that the hypervisor above gave to others.
    public var stolenSeconds: Double
    /// CPU seconds in all.
    public var totalSeconds: Double

    /// The times now.
    ///
    /// - Throws: `corrupt` where the kernel's file does not begin as every kernel's.
    public static func now() throws(TareError) -> HostLoad {
        let text = try FileReading.text(at: "/proc/stat", limit: 4096)
        if let found = parse(text) { return found }
        throw TareError(.corrupt, subject: "/proc/stat", "cannot read the CPU times in its first line")
    }

    /// The rule behind `now()`; ticks are 10 ms for every user of /proc (USER_HZ).
    static func parse(_ text: String) -> HostLoad? {
        guard let line = text.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
        let values = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard values.count >= 8 else { return nil }
        let total = values[0...7].reduce(0, +)
        return HostLoad(
            busySeconds: (total - values[3] - values[4] - values[7]) / 100,
            stolenSeconds: values[7] / 100,
            totalSeconds: total / 100
        )
    }

    /// What was different since an earlier moment.
    public func since(_ before: HostLoad) -> HostLoad {
        HostLoad(
            busySeconds: busySeconds - before.busySeconds,
            stolenSeconds: stolenSeconds - before.stolenSeconds,
            totalSeconds: totalSeconds - before.totalSeconds
        )
    }

    /// A sentence for the report where others used the machine meanwhile.
    ///
    /// - Parameter ownSeconds: CPU seconds of what was measured.
    /// - Returns: `nil` below a tenth of the machine.
    public func warning(ownSeconds: Double) -> String? {
        guard totalSeconds > 0 else { return nil }
        let others = max(0, busySeconds - ownSeconds) / totalSeconds
        let stolen = stolenSeconds / totalSeconds
        var parts: [String] = []
        if others > 0.1 { parts.append("others used \(Int((others * 100).rounded()))% of its CPU time") }
        if stolen > 0.02 { parts.append("its hypervisor gave \(Int((stolen * 100).rounded()))% to other machines") }
        guard !parts.isEmpty else { return nil }
        return "noisy host: while this was measured, \(parts.joined(separator: " and ")); times are upper bounds"
    }
}
