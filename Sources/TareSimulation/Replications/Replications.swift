import Synchronization

/// Independent runs side by side, with results that do not depend on how many threads there were.
public enum Replications {
    /// Runs replications 0 ..< `count` and returns their results in that order.
    ///
    /// Each gets its number and derives its random streams from that (`RandomStreams.replication`); so the results are
    /// the same to the last bit for every thread count. Replications are handed out one by one, as threads get free.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - threads: how many at once; at least one.
    ///   - body: one replication, from its number. It blocks a thread of the cooperative pool while it runs.
    /// - Returns: the results, by replication.
    /// - Throws: the error of the first replication, by number, that failed among those that were started.
    public static func run<Result: Sendable, Failure: Error>(
        _ count: Int,
        threads: Int,
        _ body: @escaping @Sendable (Int) throws(Failure) -> Result
    ) async throws(Failure) -> [Result] {
        guard count > 0 else { return [] }
        let turns = Turns()
        let workers = min(max(threads, 1), count)
        let outcomes = await withTaskGroup(of: [(Int, Swift.Result<Result, Failure>)].self) { group in
            for _ in 0..<workers {
                group.addTask {
                    var mine: [(Int, Swift.Result<Result, Failure>)] = []
                    while let index = turns.take(below: count) {
                        do throws(Failure) {
                            mine.append((index, .success(try body(index))))
                        } catch {
                            mine.append((index, .failure(error)))
                            turns.stop(at: count)
                        }
                    }
                    return mine
                }
            }
            var all: [(Int, Swift.Result<Result, Failure>)] = []
            for await part in group { all += part }
            return all.sorted { $0.0 < $1.0 }
        }
        var results: [Result] = []
        results.reserveCapacity(count)
        for (_, outcome) in outcomes { results.append(try outcome.get()) }
        return results
    }

    /// Hands out numbers to the workers.
    private final class Turns: Sendable {
        let next = Atomic<Int>(0)

        func take(below count: Int) -> Int? {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < count ? index : nil
        }

        func stop(at count: Int) { next.store(count, ordering: .relaxed) }
    }
}
