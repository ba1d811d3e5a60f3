/// Why a run shall start no further step.
public enum RunStop: Sendable, Hashable {
    /// The user asked for it.
    case interrupted
    /// The time is used up.
    case outOfBudget
}
