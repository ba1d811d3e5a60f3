import CTareLinux

/// The keys of all pending events after the current instant, least first.
///
/// The near future is a 4-ary heap. Taking the least key leaves a hole at the root, which the next key fills by sinking:
/// most events schedule one other, and so cost one sinking instead of two. When many are pending, all keys from `limit`
/// on are in a ladder, without an order; its next bucket comes over as a sorted *run*, and the heap has what is scheduled
/// before `limit` after that.
///
///     least = min(run, heap) <-- run <-- ladder (from limit on)
@usableFromInline
@frozen
struct PendingSet<Scale: KeyScale>: ~Copyable {
    /// The raw allocation: three entries of lead bring each group of four children onto one cache line.
    @usableFromInline var memory: UnsafeMutablePointer<EventKey>
    @usableFromInline var keys: UnsafeMutablePointer<EventKey>
    /// Keys in the heap, with the void root where there is one.
    @usableFromInline var count: Int
    /// At this many keys the heap grows or the ladder takes over.
    @usableFromInline var full: Int
    @usableFromInline var capacity: Int
    /// The root has been taken and is void.
    @usableFromInline var hole: Bool
    /// Keys from this place on are in the ladder; beyond every place while there is only the heap.
    @usableFromInline var limit: UInt64
    /// One small bucket in order, and the largest key at its end.
    @usableFromInline var run: UnsafeMutablePointer<EventKey>
    /// The next of the run.
    @usableFromInline var runHead: Int
    @usableFromInline var runEnd: Int
    /// One where the least key is the run's, zero where it is the heap's.
    @usableFromInline var isRun: Int
    @usableFromInline let body: QueueBody
    @usableFromInline var ladder: LadderSet<Scale>

    /// Pending keys from which the ladder is the faster body; a quarter of it leads back.
    @inlinable static var switchAt: Int { 160 }

    /// From this many keys on the events' cells no longer fit the near caches and asking for them early pays.
    @inlinable static var prefetchFrom: Int { 8192 }

    /// Most keys in a run; a larger bucket goes to the heap.
    @inlinable static var runLimit: Int { 64 }

    @inlinable
    init(capacity wanted: Int, body: QueueBody) {
        capacity = max(body == .heap ? wanted : min(wanted, Self.switchAt), 64)
        memory = Self.allocate(capacity)
        keys = memory + 3
        count = 0
        hole = false
        self.body = body
        limit = body == .ladder ? 0 : .max
        full = capacity
        run = .allocate(capacity: Self.runLimit + 1)
        run.initialize(repeating: KeyLayout.last, count: Self.runLimit + 1)
        runHead = 0
        runEnd = 0
        isRun = 0
        ladder = LadderSet()
    }

    @inlinable
    deinit {
        memory.deallocate()
        run.deallocate()
    }

    @inlinable
    static func allocate(_ capacity: Int) -> UnsafeMutablePointer<EventKey> {
        let memory = QueueMemory.allocate(capacity + 8, of: EventKey.self)
        memory.initialize(repeating: KeyLayout.last, count: capacity + 8)
        return memory
    }

    /// Whether the ladder has taken over.
    @inlinable var isLadder: Bool { limit != .max }

    /// Adds a key.
    ///
    /// - Complexity: O(log n) in the heap, O(1) amortised in the ladder.
    @inlinable
    @inline(__always)
    mutating func insert(_ key: EventKey) {
        if Scale.position(KeyLayout.high(key)) >= limit {
            ladder.append(key)
        } else if hole {
            hole = false
            QuaternaryHeap.replaceTop(keys, count: count, with: key)
        } else {
            if count >= full {
                makeRoom(key)
                return
            }
            count &+= 1
            QuaternaryHeap.rise(keys, from: count &- 1, key)
        }
    }

    /// Finds the least key.
    ///
    /// - Parameters:
    ///   - cells: the events' cells, to be asked for early.
    ///   - stride: bytes from one to the next.
    /// - Returns: `KeyLayout.last` where there is none.
    @inlinable
    @inline(__always)
    mutating func least(cells: UnsafeRawPointer, stride: Int) -> EventKey {
        while true {
            if hole {
                hole = false
                count = QuaternaryHeap.dropTop(keys, count: count)
            }
            let heap = keys[0]
            if !isLadder { return heap }
            let next = run[runHead]
            isRun = QuaternaryHeap.below(next, heap)
            let key = isRun != 0 ? next : heap
            if !KeyLayout.isLast(key) { return key }
            guard refill(cells, stride) else { return key }
        }
    }

    /// Takes the least key off, which `least` has just returned.
    @inlinable
    @inline(__always)
    mutating func drop() {
        if isLadder {
            // Which of the two it is cannot be foretold: no branch.
            runHead &+= isRun
            hole = isRun == 0
        } else {
            hole = true
        }
    }

    /// Forgets the limit of a queue that has become empty: the next keys may be smaller than any before.
    @inlinable
    @inline(__always)
    mutating func restart() {
        if hole {
            hole = false
            count = QuaternaryHeap.dropTop(keys, count: count)
        }
        if isLadder, body == .automatic { leaveLadder() }
    }
}
