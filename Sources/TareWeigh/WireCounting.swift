import Dispatch
import Synchronization
import TareCore
import TareLinux

/// Counts what files weigh compressed, on several threads.
///
/// The files of a row, in path order, are cut into frames of at least 32 MiB at file borders, and each frame is a zstd
/// stream of its own: the sums are the same on any number of threads.
struct WireCounting {
    /// Bytes after which a frame ends.
    static let frame: Int64 = 32 << 20
    /// How it counts, in words.
    static let method =
        "zstd level \(ZstdCounter.level), tar-like streams an owner and group, in frames of at least 32 MiB"

    let reader: any TreeReader
    let tree: FileTree
    let threads: Int

    private struct Frame {
        var row: Int
        var files: [Int]
        var bytes: Int64
    }

    private struct State {
        var sums: [Int64]
        var failure: TareError?
    }

    /// The compressed bytes of each row.
    ///
    /// - Parameter rows: the files of each row, as places in the tree.
    /// - Returns: bytes, a row each.
    /// - Throws: what the reader throws, or `exhausted`.
    /// - Complexity: one pass over the bytes; blocks.
    func count(_ rows: [[Int]]) throws(TareError) -> [Int64] {
        if reader.isSequential { return try countInOnePass(rows) }
        // The heaviest frames first, so that no thread is left with a long one at the end.
        let frames = frames(rows).sorted { ($1.bytes, $0.row) < ($0.bytes, $1.row) }
        let state = Mutex(State(sums: [Int64](repeating: 0, count: rows.count)))
        let next = Atomic<Int>(0)
        let worker = { @Sendable () -> Void in
            do throws(TareError) {
                let counter = CounterBox(try ZstdCounter())
                while true {
                    let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard turn < frames.count, state.withLock({ $0.failure == nil }) else { return }
                    let frame = frames[turn]
                    let bytes = try compress(frame.files, counter)
                    state.withLock { $0.sums[frame.row] += bytes }
                }
            } catch {
                let failure = error
                state.withLock { if $0.failure == nil { $0.failure = failure } }
            }
        }
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, frames.count))) { _ in worker() }
        let end = state.withLock { $0 }
        if let failure = end.failure { throw failure }
        return end.sums
    }

    private func frames(_ rows: [[Int]]) -> [Frame] {
        var frames: [Frame] = []
        for (row, files) in rows.enumerated() {
            var frame = Frame(row: row, files: [], bytes: 0)
            for file in files {
                frame.files.append(file)
                frame.bytes += tree.nodes[file].size
                if frame.bytes >= Self.frame {
                    frames.append(frame)
                    frame = Frame(row: row, files: [], bytes: 0)
                }
            }
            if !frame.files.isEmpty { frames.append(frame) }
        }
        return frames
    }

    private func compress(_ files: [Int], _ counter: CounterBox) throws(TareError) -> Int64 {
        for file in files {
            let node = tree.nodes[file]
            try counter.value.begin(node.path, size: node.size)
            try reader.read(node) { (piece) throws(TareError) in try counter.value.add(piece) }
        }
        return try counter.value.finish()
    }

    /// For archives that are cheap only from front to end: every row's stream grows side by side.
    private func countInOnePass(_ rows: [[Int]]) throws(TareError) -> [Int64] {
        var counters: [CounterBox] = []
        var places: [(node: FileNode, row: Int)] = []
        for (row, files) in rows.enumerated() {
            counters.append(CounterBox(try ZstdCounter()))
            places += files.map { (tree.nodes[$0], row) }
        }
        places.sort { ($0.node.layer, $0.node.source) < ($1.node.layer, $1.node.source) }
        var begun = -1
        try reader.readEach(places.map(\.node)) { (place, piece) throws(TareError) in
            let counter = counters[places[place].row]
            if begun != place { try counter.value.begin(places[place].node.path, size: places[place].node.size) }
            begun = place
            try counter.value.add(piece)
        }
        var sums: [Int64] = []
        for counter in counters { sums.append(try counter.value.finish()) }
        return sums
    }

    private final class CounterBox {
        var value: ZstdCounter
        init(_ value: consuming ZstdCounter) { self.value = value }
    }
}
