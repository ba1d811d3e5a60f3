import TareLinux

/// What executes a guest's instructions.
public enum Accelerator: String, Codable, Sendable, Hashable, CaseIterable {
    /// The processor itself, through KVM: a wall time of the guest means something.
    case kvm
    /// QEMU's translator (TCG): its instructions, bytes, requests and pages mean something, its wall time never does.
    case emulated = "tcg"

    /// KVM where the probe has seen it run guests at hardware speed, the translator elsewhere.
    ///
    /// A device that opens proves nothing: under some hosts every supervisor instruction is emulated by KVM itself.
    ///
    /// - Parameter found: the state that `KVMProbe.run()` gives.
    /// - Returns: what a guest is to be started with.
    public static func chosen(_ found: KVMProbe.State) -> Accelerator { found == .usable ? .kvm : .emulated }
}
