import TareCore

/// What one step of a plan brought: one line of the journal.
struct StepRecord: Sendable {
    /// Which step it was, independent of its place in the plan.
    struct Key: Hashable, Sendable {
        var cell: String
        var replication: Int
        var isWarmUp: Bool
    }

    /// One platform's part.
    struct Arm: Sendable {
        var platform: Platform
        var mode: RunMode
        var failure: String?
        var warnings: [String] = []
        var timelines: [StartTimeline] = []
        var samples: [Sample] = []
    }

    var key: Key
    var arms: [Arm]
}
