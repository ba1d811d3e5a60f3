import Synchronization
import TareCore
import TareLinux

/// Does blocking work on several things at once, each thread taking the next one.
enum ParallelWork {
    private struct State {
        var next = 0
        var failure: TareError?
    }

    /// Runs `body` for each item; the first error stops what has not begun.
    ///
    /// - Parameters:
    ///   - items: what to work on, in the order of beginning.
    ///   - atOnce: threads at most.
    ///   - body: the work; may block.
    /// - Throws: the first error, when all threads have ended.
    static func each<Item: Sendable>(
        _ items: [Item],
        atOnce: Int,
        _ body: @escaping @Sendable (Item) throws(TareError) -> Void
    ) throws(TareError) {
        let shared = Shared()
        let work: @Sendable () -> Void = {
            while let index = shared.take(of: items.count) {
                do throws(TareError) { try body(items[index]) } catch { shared.fail(error) }
            }
        }
        var threads: [WorkerThread] = []
        if items.count > 1 {
            for _ in 1..<max(2, min(atOnce, items.count)) { threads.append(try WorkerThread { work() }) }
        }
        work()
        for thread in threads { thread.join() }
        if let failure = shared.failure { throw failure }
    }

    private final class Shared: Sendable {
        private let state = Mutex(State())

        var failure: TareError? { state.withLock { $0.failure } }

        func take(of count: Int) -> Int? {
            state.withLock { state in
                guard state.failure == nil, state.next < count else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        func fail(_ error: TareError) { state.withLock { $0.failure = $0.failure ?? error } }
    }
}
