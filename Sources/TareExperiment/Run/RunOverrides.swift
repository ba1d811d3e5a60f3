import TareCore

/// What the command line changed in a scenario's `run` block; kept with the run so that a resume does the same.
public struct RunOverrides: Codable, Sendable, Hashable {
    /// In place of `run.modes`.
    public var modes: [RunMode]?
    /// In place of `run.seed`.
    public var seed: UInt64?
    /// In place of all three counts of `run.reps`.
    public var repetitions: Int?
    /// In place of `run.budget`, in seconds.
    public var budgetSeconds: Double?

    enum CodingKeys: String, CodingKey {
        case modes, seed
        case repetitions = "reps"
        case budgetSeconds = "budget_s"
    }

    /// Makes overrides; `nil` leaves the scenario's own.
    public init(
        modes: [RunMode]? = nil,
        seed: UInt64? = nil,
        repetitions: Int? = nil,
        budgetSeconds: Double? = nil
    ) {
        self.modes = modes
        self.seed = seed
        self.repetitions = repetitions
        self.budgetSeconds = budgetSeconds
    }

    /// The scenario with these settings.
    public func applied(to scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.run.modes = modes ?? scenario.run.modes
        scenario.run.seed = seed ?? scenario.run.seed
        scenario.run.budgetSeconds = budgetSeconds ?? scenario.run.budgetSeconds
        if let repetitions {
            scenario.run.repetitions = RunSettings.Repetitions(
                start: repetitions,
                memory: repetitions,
                disk: repetitions
            )
        }
        return scenario
    }
}
