/// Something that Tare does, and whether this machine allows it.
public struct Ability: Codable, Sendable, Hashable {
    /// The stable words.
    public enum Name: String, Codable, Sendable, CaseIterable {
        /// The model.
        case simulate
        /// Weighing folders, archives, images and disks.
        case weigh
        /// Building root file systems from Debian packages.
        case imageRoots = "image-roots"
        /// Running containers.
        case containers
        /// Booting guests.
        case guests
    }

    /// Which ability.
    public var name: Name
    /// Whether it can be used now.
    public var isAvailable: Bool
    /// Whether the machine has what it needs; the ability itself may come with a later part of Tare.
    public var isMachineReady: Bool
    /// Why, or what is lacking.
    public var reason: String

    enum CodingKeys: String, CodingKey {
        case name, reason
        case isAvailable = "available"
        case isMachineReady = "machine_ready"
    }

    /// The abilities, from what was probed.
    static func all(_ found: MachineProbe) -> [Ability] {
        let tools = found.tools
        let builder = tools["mmdebstrap"] != nil || tools["debootstrap"] != nil
        var rootsLack: [String] = []
        if !builder { rootsLack.append("debootstrap or mmdebstrap") }
        if !found.isRoot { rootsLack.append("root") }
        if let disk = found.disk, disk.free.bytes < 4 << 30 { rootsLack.append("4 GiB of free disk") }
        var containersLack: [String] = []
        if !found.isRoot { containersLack.append("root") }
        if found.trials[.overlay] != nil { containersLack.append("overlay mounts") }
        if found.trials[.seccomp] != nil { containersLack.append("seccomp") }
        if found.cgroups.version == .none || !found.cgroups.isWritable { containersLack.append("writable cgroups") }
        if tools["crun"] == nil, tools["runc"] == nil { containersLack.append("crun or runc") }
        var guestsLack: [String] = []
        if tools["qemu-system-x86_64"] == nil { guestsLack.append("qemu-system-x86_64") }
        if tools["mke2fs"] == nil { guestsLack.append("mke2fs") }
        let speed =
            found.kvm.state == .usable
            ? "with KVM at hardware speed" : "without KVM: work is counted, wall times are no results"
        return [
            Ability(name: .simulate, isAvailable: true, isMachineReady: true, reason: "needs nothing"),
            Ability(name: .weigh, isAvailable: true, isMachineReady: true, reason: "needs nothing, not even root"),
            Ability(
                name: .imageRoots,
                isAvailable: rootsLack.isEmpty,
                isMachineReady: rootsLack.isEmpty,
                reason: rootsLack.isEmpty ? "from Debian packages" : "lacks \(rootsLack.joined(separator: ", "))"
            ),
            later(.containers, lacks: containersLack, ready: "overlay, seccomp, cgroups and a runtime are there"),
            later(.guests, lacks: guestsLack, ready: speed),
        ]
    }

    private static func later(_ name: Name, lacks: [String], ready: String) -> Ability {
        let machine = lacks.isEmpty ? "this machine is ready: \(ready)" : "lacks \(lacks.joined(separator: ", "))"
        return Ability(
            name: name,
            isAvailable: false,
            isMachineReady: lacks.isEmpty,
            reason: "comes with a later part of Tare; \(machine)"
        )
    }
}
