import TareCore

/// A hypervisor's constants, each with its evidence.
public struct HypervisorProfile: Sendable, Hashable {
    /// The ids that scenarios use.
    public static let ids = ["nitro", "nitro-burstable", "qemu-kvm", "microvm", "cloud-hypervisor"]

    /// One of `ids`, or the name of the user's own.
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
                // These sizes are on older hosts, which hide less: the lower end of the row.
                let older = try row("F28")
                constants["hidden-share"] = Figure(
                    older.low ?? older.value, unit: older.unit, evidence: older.evidence, source: older.source)
                // A share of every vCPU, and core-seconds a vCPU that are there at the launch.
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
                    // What a pinned guest was slower than its host (rows of LINPACK on two sockets).
                    "cpu-tax": Figure(
                        2.33, unit: "%", evidence: .modelled, source: "C-linpack_2s-native,C-linpack_2s-kvm"),
                    "firmware-cpu": Figure(62.4, unit: "ms", evidence: .modelled, source: "A04,B20a,A02"),
                    "boot-loader-cpu": .assumed(0.3, "s"), "boot-loader-wait": .assumed(0.2, "s"),
                    "launch-lock": .assumed(1, "ms"), "page-table-share": try row("H02"),
                    "disk-qd1": try row("A23-rr4k_qd1-qemu"), "disk-deep": try row("A23-rr4k_deep-qemu"),
                    "round-trip": try row("C06k"),
                ])
        case "cloud-hypervisor":
            // Its whole boot is row A03; the kernel of row A02 probes for fewer devices under it.
            return HypervisorProfile(
                id: id, carvesMemory: false, overcommitsCPU: true, needsHostSystem: true,
                constants: [
                    "spawn-cpu": .assumed(12, "ms"), "vmm-private": try row("A15b"), "cpu-tax": try row("F18"),
                    "launch-lock": .assumed(1, "ms"), "page-table-share": try row("H02"),
                    "kernel-factor": Figure(0.8056, unit: "ratio", evidence: .modelled, source: "A03,A02"),
                    "disk-qd1": try row("A23-rr4k_qd1-chv"), "disk-deep": try row("A23-rr4k_deep-chv"),
                    "round-trip": try row("C06k"),
                ])
        case "microvm":
            return HypervisorProfile(
                id: id, carvesMemory: false, overcommitsCPU: true, needsHostSystem: true,
                constants: [
                    "spawn-cpu": try row("A29"), "vmm-private": try row("A15a"), "vmm-text": try row("A16a"),
                    "control-plane-wait": Figure(36.8, unit: "ms", evidence: .modelled, source: "A01,A02,A29"),
                    "cpu-tax": try row("F18"),
                    "launch-lock": .assumed(1, "ms"), "restore": try row("A37b"), "page-table-share": try row("H02"),
                    "disk-qd1": try row("A23-rr4k_qd1-fc"), "disk-deep": try row("A23-rr4k_deep-fc"),
                    "round-trip": try row("C06k"),
                ])
        default:
            throw TareError(
                .notFound, subject: id, "no hypervisor profile has this name",
                hint: Suggestion.nearest(to: id, among: ids).map { "did you mean \($0)?" }
                    ?? "one of: \(ids.joined(separator: ", "))")
        }
    }

    /// A profile of the user's own: a built-in one with other numbers.
    ///
    /// - Parameters:
    ///   - base: the id of the built-in one.
    ///   - figures: what differs, by constant.
    ///   - carvesMemory: whether a guest's memory is assigned as a whole; `nil` as in the base.
    ///   - overcommitsCPU: whether more vCPUs than threads may be promised; `nil` as in the base.
    /// - Returns: the profile, named `own`.
    /// - Throws: `TareError.notFound` for an unknown base.
    public static func own(
        basedOn base: String,
        _ figures: [String: Figure],
        carvesMemory: Bool? = nil,
        overcommitsCPU: Bool? = nil
    ) throws(TareError) -> HypervisorProfile {
        let profile = try named(base)
        return HypervisorProfile(
            id: "own", carvesMemory: carvesMemory ?? profile.carvesMemory,
            overcommitsCPU: overcommitsCPU ?? profile.overcommitsCPU, needsHostSystem: profile.needsHostSystem,
            constants: profile.constants.merging(figures) { $1 })
    }
}
