import TareCore

/// How often, in which order and until when a scenario runs.
public struct RunSettings: Codable, Sendable, Hashable {
    /// The order of the replications.
    public enum Order: String, Codable, Sendable, CaseIterable {
        /// One replication of every cell a block, shuffled within the block by the seed.
        case randomisedBlocks = "randomised-blocks"
        /// Cell after cell.
        case sequential
    }

    /// What a precision is asked of.
    public enum Estimator: String, Codable, Sendable, CaseIterable {
        /// The median.
        case median
        /// The mean.
        case mean
    }

    /// The state of the caches before a start.
    public enum Cache: String, Codable, Sendable, CaseIterable {
        /// Nothing is cached.
        case cold
        /// A start came before.
        case warm
    }

    /// Replications by what is asked.
    public struct Repetitions: Codable, Sendable, Hashable {
        /// For start-up times.
        public var start: Int
        /// For memory.
        public var memory: Int
        /// For disk.
        public var disk: Int

        /// Makes the counts.
        public init(start: Int = 30, memory: Int = 10, disk: Int = 1) {
            self.start = start
            self.memory = memory
            self.disk = disk
        }

        /// The largest: so many replications each cell has.
        public var most: Int { max(start, memory, disk) }
    }

    /// When more replications bring nothing.
    public struct StopRule: Codable, Sendable, Hashable {
        /// Half the interval's width as a share of the estimate.
        public var halfWidth: Double
        /// What it is asked of.
        public var of: Estimator
        /// The most replications a cell.
        public var most: Int
        /// The quantities that must be known so well, as host sums; `nil` for those of the claims, and without claims for
        /// all host sums.
        public var quantities: [String]?

        /// Makes a rule.
        public init(halfWidth: Double, of: Estimator = .median, most: Int = 200, quantities: [String]? = nil) {
            self.quantities = quantities
            self.halfWidth = halfWidth
            self.of = of
            self.most = most
        }
    }

    /// Simulate, measure, or both.
    public var modes: [RunMode]
    /// Replications.
    public var repetitions: Repetitions
    /// The order.
    public var order: Order
    /// Replications that run first and are not kept.
    public var discard: Int
    /// Cold and warm are two experiments.
    public var caches: [Cache]
    /// Stop at precision; `nil` runs the plan.
    public var stopWhen: StopRule?
    /// The seed of every stream.
    public var seed: UInt64
    /// The longest a run may take, in seconds; `nil` for no limit.
    public var budgetSeconds: Double?

    /// Makes settings; by default 30 simulated replications in randomised blocks.
    public init(
        modes: [RunMode] = [.simulate],
        repetitions: Repetitions = Repetitions(),
        order: Order = .randomisedBlocks,
        discard: Int = 0,
        caches: [Cache] = [.cold],
        stopWhen: StopRule? = nil,
        seed: UInt64 = 1,
        budgetSeconds: Double? = nil
    ) {
        self.modes = modes
        self.repetitions = repetitions
        self.order = order
        self.discard = discard
        self.caches = caches
        self.stopWhen = stopWhen
        self.seed = seed
        self.budgetSeconds = budgetSeconds
    }
}
