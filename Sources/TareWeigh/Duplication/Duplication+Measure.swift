import Dispatch
import Synchronization
import TareCatalog
import TareCore
import TareLinux

extension Duplication {
    /// A subject to compare.
    public struct Subject: Sendable {
        /// What the result calls it.
        public var name: String
        /// Its path on this host.
        public var path: String
        /// What runs inside.
        public var workload: Workload?
        /// The system below, where known.
        public var base: BaseSystem?

        /// Names a subject.
        public init(name: String, path: String, workload: Workload? = nil, base: BaseSystem? = nil) {
            self.name = name
            self.path = path
            self.workload = workload
            self.base = base
        }
    }

    /// Reads all files of the subjects and finds equal contents.
    ///
    /// - Parameters:
    ///   - subjects: at least one.
    ///   - threads: threads that hash; the result does not depend on it. `nil` asks `WorkerCount`.
    /// - Returns: the account at file and at block level.
    /// - Throws: what a reader throws.
    /// - Complexity: one SHA-256 pass over the bytes, O(n log n) in blocks; 40 bytes of memory a block. Blocks.
    public static func measure(_ subjects: [Subject], threads: Int? = nil) throws(TareError) -> Duplication {
        let workers: Int
        if let threads { workers = threads } else { workers = try WorkerCount.current() }
        var files: [ContentSighting] = []
        var blocks: [ContentSighting] = []
        for (number, subject) in subjects.enumerated() {
            let reader = try SubjectReader.open(subject.path)
            let account = try Account(reader, workload: subject.workload, base: subject.base)
            var work: [(node: FileNode, owner: Owner)] = []
            for (key, indices) in account.accounting.files {
                work += indices.map { (account.tree.nodes[$0], key.owner) }
            }
            let pass = HashingPass(reader: reader, subject: UInt32(number), threads: workers)
            let found = try pass.run(work.filter { $0.node.size > 0 })
            files += found.files
            blocks += found.blocks
        }
        let names = subjects.map(\.name)
        return Duplication(files: Level(files, subjects: names), blocks: Level(blocks, subjects: names))
    }
}

/// Hashes the files of one subject.
struct HashingPass {
    let reader: any TreeReader
    let subject: UInt32
    let threads: Int

    struct Found: Sendable {
        var files: [ContentSighting] = []
        var blocks: [ContentSighting] = []
        var failure: TareError?
    }

    func run(_ work: [(node: FileNode, owner: Owner)]) throws(TareError) -> Found {
        if reader.isSequential {
            var found = Found()
            let sorted = work.sorted { ($0.node.layer, $0.node.source) < ($1.node.layer, $1.node.source) }
            let hash = HashBox(BlockHash())
            try reader.readEach(sorted.map(\.node)) { (place, piece) throws(TareError) in
                hash.take(piece, subject, sorted[place].owner, &found)
            }
            return found
        }
        // The heaviest first, so that no thread is left with a long one at the end.
        let order = work.indices.sorted { work[$0].node.size > work[$1].node.size }
        let all = Mutex(Found())
        let next = Atomic<Int>(0)
        let worker = { @Sendable () -> Void in
            var found = Found()
            do throws(TareError) {
                let hash = HashBox(BlockHash())
                while true {
                    let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard turn < order.count else { break }
                    let (node, owner) = work[order[turn]]
                    try reader.read(node) { (piece) throws(TareError) in
                        if !piece.isEmpty { hash.take(piece, subject, owner, &found) }
                    }
                    hash.take(UnsafeRawBufferPointer(start: nil, count: 0), subject, owner, &found)
                }
            } catch { found.failure = error }
            let end = found
            all.withLock {
                $0.files += end.files
                $0.blocks += end.blocks
                if $0.failure == nil { $0.failure = end.failure }
            }
        }
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, order.count))) { _ in worker() }
        let found = all.withLock { $0 }
        if let failure = found.failure { throw failure }
        return found
    }

    private final class HashBox {
        var value: BlockHash
        init(_ value: consuming BlockHash) { self.value = value }

        /// Takes a piece of a file; an empty one is its end.
        func take(
            _ piece: UnsafeRawBufferPointer,
            _ subject: UInt32,
            _ owner: Owner,
            _ found: inout Found
        ) {
            let place = UInt8(owner.order)
            if !piece.isEmpty {
                return value.add(piece) {
                    found.blocks.append(
                        ContentSighting(high: $0, low: $1, length: $2, subject: subject, owner: place))
                }
            }
            let length = value.length
            let whole = value.finish {
                found.blocks.append(ContentSighting(high: $0, low: $1, length: $2, subject: subject, owner: place))
            }
            guard length > 0 else { return }
            found.files.append(
                ContentSighting(high: whole.0, low: whole.1, length: length, subject: subject, owner: place))
        }
    }
}
