import Synchronization

/// Adds up what several threads transfer, and tells it in order.
final class TransferTally: Sendable {
    private struct State {
        var done: Int64 = 0
        var blobs = 0
    }

    private let state = Mutex(State())
    private let total: Int64
    private let count: Int
    private let verb: String
    private let tell: @Sendable (TransferProgress) -> Void

    init(verb: String, total: Int64, blobs: Int, tell: @escaping @Sendable (TransferProgress) -> Void) {
        self.verb = verb
        self.total = total
        count = blobs
        self.tell = tell
    }

    func add(_ bytes: Int64) { note { $0.done += bytes } }

    func finishBlob() { note { $0.blobs += 1 } }

    private func note(_ change: (inout State) -> Void) {
        state.withLock { state in
            change(&state)
            let what = "\(verb) \(state.blobs) of \(count) blobs"
            tell(TransferProgress(what: what, done: state.done, total: total))
        }
    }
}
