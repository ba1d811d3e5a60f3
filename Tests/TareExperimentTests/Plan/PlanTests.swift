import TareCore
import TareExperiment
import Testing

@Suite struct PlanTests {
    private func scenario(_ order: RunSettings.Order, seed: UInt64 = 7) throws -> Scenario {
        var scenario = try RunFixture().scenario
        scenario.run.order = order
        scenario.run.seed = seed
        return scenario
    }

    @Test("each randomised block has every cell once, and blocks differ in their order")
    func blocks() throws {
        let plan = try Plan(try scenario(.randomisedBlocks))
        #expect(plan.steps.count == 6 * 8)
        var orders: Set<[Int]> = []
        for block in 0..<8 {
            let steps = plan.steps[block * 6..<block * 6 + 6]
            #expect(steps.map(\.cell).sorted() == Array(0..<6))
            #expect(steps.allSatisfy { $0.replication == block })
            orders.insert(steps.map(\.cell))
        }
        #expect(orders.count > 4)
    }

    @Test("one seed gives one plan, another seed another")
    func seeds() throws {
        let plan = try Plan(try scenario(.randomisedBlocks))
        #expect(try Plan(try scenario(.randomisedBlocks)) == plan)
        #expect(try Plan(try scenario(.randomisedBlocks, seed: 8)).steps != plan.steps)
    }

    @Test("sequential goes cell after cell")
    func sequential() throws {
        let plan = try Plan(try scenario(.sequential))
        #expect(plan.steps.prefix(9).map(\.cell) == [0, 0, 0, 0, 0, 0, 0, 0, 1])
    }

    @Test("replication seeds are SplitMix64's outputs of the scenario's seed")
    func splitMix() {
        // The first outputs of SplitMix64 begun at 1234567, as published with its reference program.
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        ]
        #expect((0..<3).map { ReplicationSeed.of(1_234_567, replication: $0) } == expected)
    }
}
