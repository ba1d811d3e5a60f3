import TareCore

/// A hypervisor's constants, each with its evidence.
public struct HypervisorProfile: Sendable {
    /// The ids that scenarios use.
    public static let ids = ["nitro", "nitro-burstable", "qemu-kvm", "microvm"]

    /// `nitro`, `nitro-burstable`, `qemu-kvm`, `microvm`.
    public let id: String
    /// Whether a guest's memory is taken from the host as a whole at the start.
    public let carvesMemory: Bool
    /// Whether more vCPUs than hardware threads may be promised.
    public let overcommitsCPU: Bool
    /// Whether the host's kernel and system run beside it.
    public let needsHostSystem: Bool
    /// The constants by name; times in seconds of wait or CPU, sizes in bytes after `base`.
    public let constants: [String: Figure]

    /// The constant of a name, in seconds, bytes or a ratio; 0 where the profile has none.
    public func value(_ name: String) -> Double { constants[name]?.base ?? 0 }

    /// The profile of an id.
    ///
    /// - Parameter id: one of `ids`.
    /// - Returns: the profile.
    /// - Throws: `TareError.notFound` for another word.
    public static func named(_ id: String) throws(TareError) -> HypervisorProfile {
        func row(_ id: String) throws(TareError) -> Figure { try PublishedFigures.figure(id: id) }
        switch id {
        case "nitro", "nitro-burstable":
            var constants = [
                "control-plane-wait": try row("F02"), "cpu-tax": try row("F18"), "hidden-share": try row("F28"),
                "hidden-fixed": .assumed(34, "MiB"), "zeroing-rate": try row("C-stream_triad_1s-native"),
                "firmware-cpu": .assumed(0.6, "s"), "boot-loader-cpu": .assumed(0.3, "s"),
                "boot-loader-wait": .assumed(0.2, "s"), "launch-lock": .assumed(1, "ms"),
            ]
            if id == "nitro-burstable" {
                constants["credit-baseline"] = .assumed(0.2, "ratio")
                constants["credit-balance"] = .assumed(1800, "s")
            }
            return HypervisorProfile(
                id: id, carvesMemory: true, overcommitsCPU: id == "nitro-burstable", needsHostSystem: false,
                constants: constants)
        case "qemu-kvm":
            return HypervisorProfile(
                id: id, carvesMemory: false, overcommitsCPU: true, needsHostSystem: true,
                constants: [
                    "spawn-cpu": try row("B20a"), "vmm-private": try row("A15c"), "vmm-text": try row("A16b"),
                    "cpu-tax": .assumed(0.023, "ratio"),
                    "firmware-cpu": Figure(62.4, unit: "ms", evidence: .modelled, source: "A04,B20a,A02"),
                    "boot-loader-cpu": .assumed(0.3, "s"), "boot-loader-wait": .assumed(0.2, "s"),
                    "launch-lock": .assumed(1, "ms"),
                ])
        case "microvm":
            return HypervisorProfile(
                id: id, carvesMemory: false, overcommitsCPU: true, needsHostSystem: true,
                constants: [
                    "spawn-cpu": try row("A29"), "vmm-private": try row("A15a"), "vmm-text": try row("A16a"),
                    "control-plane-wait": Figure(36.8, unit: "ms", evidence: .modelled, source: "A01,A02,A29"),
                    "cpu-tax": try row("F18"),
                    "launch-lock": .assumed(1, "ms"), "restore": try row("A37b"),
                ])
        default:
            throw TareError(
                .notFound, subject: id, "no hypervisor profile has this name",
                hint: Suggestion.nearest(to: id, among: ids).map { "did you mean \($0)?" }
                    ?? "one of: \(ids.joined(separator: ", "))")
        }
    }
}
