import TareCore
import TareStatistics

/// Which cell is run how often and in which order, before anything is run.
///
/// In randomised blocks each block has one replication of every cell, shuffled by the seed, so that a slow drift of the
/// machine meets all cells alike. Pure: the same scenario gives the same plan.
public struct Plan: Sendable, Hashable {
    /// One replication of one cell, on all platforms.
    public struct Step: Sendable, Hashable {
        /// The cell's position in `Plan.cells`.
        public var cell: Int
        /// The replication within the cell, from 0; of warm-ups too.
        public var replication: Int
        /// Whether it only warms up and is not kept.
        public var isWarmUp: Bool
    }

    /// The cells, in the scenario's order.
    public let cells: [Cell]
    /// Replications of each cell before any stopping rule asks for more.
    public let replications: Int
    /// The most replications of a cell.
    public let mostReplications: Int
    /// The order.
    public let order: RunSettings.Order
    /// The seed that shuffles.
    public let seed: UInt64
    /// What is run, in order; a stopping rule may add `extraSteps`.
    public let steps: [Step]

    /// Replications that a stopping rule asks for at a time.
    public static let extraBlocks = 5

    /// Plans a scenario.
    ///
    /// - Parameter scenario: with its settings as they shall be used.
    /// - Throws: `TareError.invalid` where the cells cannot be made.
    /// - Complexity: O(cells x replications).
    public init(_ scenario: Scenario) throws(TareError) {
        let cells = try scenario.cells()
        let replications = scenario.run.repetitions.most
        self.cells = cells
        self.replications = replications
        mostReplications = max(replications, scenario.run.stopWhen?.most ?? 0)
        order = scenario.run.order
        seed = scenario.run.seed
        var steps: [Step] = []
        steps.reserveCapacity(cells.count * (replications + scenario.run.discard))
        for replication in 0..<scenario.run.discard {
            for cell in cells.indices { steps.append(Step(cell: cell, replication: replication, isWarmUp: true)) }
        }
        steps += Self.steps(of: Array(cells.indices), 0..<replications, order: order, seed: seed)
        self.steps = steps
    }

    /// More replications of the cells that are not precise yet, in the plan's order.
    func extraSteps(of cells: [Int], from done: Int) -> [Step] {
        let next = done..<min(done + Self.extraBlocks, mostReplications)
        return Self.steps(of: cells, next, order: order, seed: seed)
    }

    private static func steps(
        of cells: [Int],
        _ replications: Range<Int>,
        order: RunSettings.Order,
        seed: UInt64
    ) -> [Step] {
        switch order {
        case .sequential:
            return cells.flatMap { cell in
                replications.map { Step(cell: cell, replication: $0, isWarmUp: false) }
            }
        case .randomisedBlocks:
            return replications.flatMap { block in
                var generator = SeededGenerator(seed: ReplicationSeed.ofBlock(seed, block: block))
                var shuffled = cells
                for last in stride(from: shuffled.count - 1, to: 0, by: -1) {
                    shuffled.swapAt(last, generator.index(below: last + 1))
                }
                return shuffled.map { Step(cell: $0, replication: block, isWarmUp: false) }
            }
        }
    }
}
