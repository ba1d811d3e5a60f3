/// The phases of a guest's start, each ended by a mark.
///
/// The number is what the guest's program marks with: `mov $0x7a11NNNN,%eax`.
public enum GuestPhase: Int, Codable, Sendable, Hashable, CaseIterable {
    /// From the first instruction to the first program: firmware, kernel.
    case kernel = 1
    /// The distribution's initial root finds the disk.
    case initialRoot = 2
    /// The service manager is started, to its target `sysinit`.
    case systemInitialisation = 3
    /// To its target `basic`.
    case basicTarget = 4
    /// To the start of the service's program.
    case serviceStart = 5
    /// To the service's first right answer, asked for inside the guest.
    case serviceAnswer = 6
    /// To the service manager's default target.
    case defaultTarget = 7

    /// For people.
    public var title: String {
        switch self {
        case .kernel: "firmware and kernel"
        case .initialRoot: "initial root"
        case .systemInitialisation: "system initialisation"
        case .basicTarget: "basic target"
        case .serviceStart: "service starts"
        case .serviceAnswer: "service answers"
        case .defaultTarget: "default target"
        }
    }

    /// The word in documents: `service-answer`.
    public var name: String {
        switch self {
        case .kernel: "kernel"
        case .initialRoot: "initial-root"
        case .systemInitialisation: "system-initialisation"
        case .basicTarget: "basic-target"
        case .serviceStart: "service-start"
        case .serviceAnswer: "service-answer"
        case .defaultTarget: "default-target"
        }
    }
}
