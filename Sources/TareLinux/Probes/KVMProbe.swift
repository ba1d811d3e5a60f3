import CTareLinux
import TareCore

/// Whether guests run at hardware speed under KVM here.
///
/// A device node, KVM_CREATE_VM and user-mode code can all look fine where every supervisor instruction of a guest is
/// emulated, thousands of times too slowly. So a loop runs at CPL 0 in a 64-bit guest with page tables of its own, and
/// its time per iteration decides: real hardware needs about a nanosecond.
public struct KVMProbe: Codable, Sendable, Hashable {
    /// What was found.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// Below 50 ns an iteration: wall times of guests mean something.
        case usable
        /// Slower, or stopped after 250 ms: guests boot too slowly to be of use.
        case emulated
        /// There is no device, it may not be opened, or it makes no guest.
        case absent
        /// The guest left in an unexpected way, or the probe had to be ended after 2 seconds.
        case broken
    }

    /// What was found.
    public var state: State
    /// The best of three times of one iteration; missing where no loop ran.
    public var nanosecondsPerIteration: Double?
    /// Why, where it is absent or broken.
    public var reason: String?

    enum CodingKeys: String, CodingKey {
        case state, reason
        case nanosecondsPerIteration = "ns_per_iteration"
    }

    /// Runs the probe in a child process; blocks for at most 2 seconds.
    public static func run() -> KVMProbe {
        let found = tare_probe_kvm()
        let text = found.error == 0 ? nil : String(cString: tare_errno_text(found.error))
        let time = found.nanoseconds > 0 ? found.nanoseconds : nil
        switch found.state {
        case TARE_KVM_USABLE: return KVMProbe(state: .usable, nanosecondsPerIteration: time)
        case TARE_KVM_EMULATED: return KVMProbe(state: .emulated, nanosecondsPerIteration: time)
        case TARE_KVM_ABSENT: return KVMProbe(state: .absent, reason: "/dev/kvm: \(text ?? "no guest")")
        default: return KVMProbe(state: .broken, reason: text ?? "the guest left with exit \(found.exit_reason)")
        }
    }
}
