/// What the command line ends with.
///
/// A verdict alone never changes it; only `--expect` and `--fail-on` do.
public enum ExitCode: Int32, Sendable, CaseIterable {
    /// Done.
    case done = 0
    /// The verdict differs from `--expect`.
    case verdictDiffers = 20
    /// A regression beyond the threshold.
    case regression = 21
    /// Some cells failed; the others are complete.
    case partial = 22
    /// The data are complete; clean-up left something behind.
    case cleanupDirty = 23
    /// The wanted precision was not reached.
    case imprecise = 24
    /// Flags or arguments do not fit.
    case usage = 64
    /// The scenario or another input is invalid.
    case invalidInput = 65
    /// An input is missing.
    case inputMissing = 66
    /// A back end is not available here.
    case unavailable = 69
    /// A fault of Tare's own.
    case internalError = 70
    /// A file could not be written.
    case cannotWrite = 73
    /// Budget or time is used up; the run can be resumed.
    case budgetUsedUp = 75
    /// The user may not do it.
    case noPermission = 77
    /// Interrupted; the run can be resumed.
    case interrupted = 130

    /// One line for `tare explain`.
    public var meaning: String {
        switch self {
        case .done: "done"
        case .verdictDiffers: "the claim's verdict differs from --expect"
        case .regression: "a regression beyond the threshold"
        case .partial: "some cells failed, the others are complete"
        case .cleanupDirty: "the data are complete, the clean-up left something behind"
        case .imprecise: "the wanted precision was not reached"
        case .usage: "flags or arguments do not fit"
        case .invalidInput: "the scenario or another input is invalid"
        case .inputMissing: "an input is missing"
        case .unavailable: "a back end is not available on this machine"
        case .internalError: "a fault of Tare's own; please report it"
        case .cannotWrite: "a file could not be written"
        case .budgetUsedUp: "budget or time is used up; `tare resume` goes on"
        case .noPermission: "the user may not do it"
        case .interrupted: "interrupted; `tare resume` goes on"
        }
    }
}
