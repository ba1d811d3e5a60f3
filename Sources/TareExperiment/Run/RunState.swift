import TareCore

/// How a run stands.
public enum RunState: String, Codable, Sendable, CaseIterable {
    /// All replications are there.
    case complete
    /// All were tried, some failed.
    case partial
    /// All are there, and the wanted precision is not reached.
    case imprecise
    /// Stopped by the user; can be resumed.
    case interrupted
    /// The budget is used up; can be resumed.
    case outOfBudget = "out-of-budget"
    /// A process works on it.
    case running
    /// It ended without a word, as after a kill; can be resumed.
    case unfinished

    /// What the command line ends with.
    public var exitCode: ExitCode {
        switch self {
        case .complete, .running: .done
        case .partial: .partial
        case .imprecise: .imprecise
        case .interrupted, .unfinished: .interrupted
        case .outOfBudget: .budgetUsedUp
        }
    }

    /// Whether cells are missing that `tare resume` would run.
    public var canResume: Bool { [.interrupted, .outOfBudget, .unfinished].contains(self) }
}
