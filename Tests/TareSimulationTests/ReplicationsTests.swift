import TareSimulation
import Testing

@Suite("Replications")
struct ReplicationsTests {
    struct Refusal: Error, Equatable {
        let number: Int
    }

    @Test("results are the same to the last bit on one, two and five threads")
    func threads() async throws {
        func results(_ threads: Int) async -> [UInt64] {
            await Replications.run(40, threads: threads) { index in
                var queue = Simulation(
                    Station(servers: 2, load: 0.8, customers: 200, seed: UInt64(index), service: .exponential))
                queue.scheduler.schedule(.arrive, at: .zero)
                queue.run()
                return queue.model.totalStay.bitPattern
            }
        }
        let alone = await results(1)
        let two = await results(2)
        let five = await results(5)
        #expect(alone == two && alone == five)
        #expect(Set(alone).count == 40)
    }

    @Test("the first failure is thrown, and no replication is no result")
    func failure() async throws {
        await #expect(throws: Refusal(number: 3)) {
            try await Replications.run(3_000, threads: 1) { index throws(Refusal) -> Int in
                if index >= 3 { throw Refusal(number: index) }
                return index
            }
        }
        let none = await Replications.run(0, threads: 4) { $0 }
        #expect(none.isEmpty)
    }
}
