/// The keys of all pending events after the current instant, least first.
///
/// The near future is a 4-ary heap. Taking the least key leaves a hole at the root, which the next key fills by sinking:
/// most events schedule one other, and so cost one sinking instead of two.
@usableFromInline
@frozen
struct PendingSet: ~Copyable {
    /// The raw allocation: three entries of lead bring each group of four children onto one cache line.
    @usableFromInline var memory: UnsafeMutablePointer<EventKey>
    @usableFromInline var keys: UnsafeMutablePointer<EventKey>
    /// Keys in the heap, with the void root where there is one.
    @usableFromInline var count: Int
    @usableFromInline var capacity: Int
    /// The root has been taken and is void.
    @usableFromInline var hole: Bool

    @inlinable
    init(capacity wanted: Int) {
        capacity = max(wanted, 64)
        memory = Self.allocate(capacity)
        keys = memory + 3
        count = 0
        hole = false
    }

    @inlinable
    deinit { memory.deallocate() }

    @inlinable
    static func allocate(_ capacity: Int) -> UnsafeMutablePointer<EventKey> {
        let bytes = (capacity + 8) * 16
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: EventKey.self, capacity: capacity + 8)
        memory.initialize(repeating: .max, count: capacity + 8)
        return memory
    }

    @inlinable
    @inline(never)
    mutating func grow() {
        let wider = Self.allocate(capacity * 2)
        (wider + 3).update(from: keys, count: count)
        memory.deallocate()
        memory = wider
        keys = wider + 3
        capacity *= 2
    }

    /// Adds a key.
    ///
    /// - Complexity: O(log n).
    @inlinable
    @inline(__always)
    mutating func insert(_ key: EventKey) {
        if hole {
            hole = false
            QuaternaryHeap.replaceTop(keys, count: count, with: key)
        } else {
            if count == capacity { grow() }
            count &+= 1
            QuaternaryHeap.rise(keys, from: count &- 1, key)
        }
    }

    /// Brings the least key to the root.
    ///
    /// - Returns: whether there is one.
    @inlinable
    @inline(__always)
    mutating func settle() -> Bool {
        if hole {
            hole = false
            count = QuaternaryHeap.dropTop(keys, count: count)
        }
        return count > 0
    }

    /// The least key, after `settle()` said yes.
    @inlinable var least: EventKey { @inline(__always) get { keys[0] } }

    /// Takes the least key off, after `settle()` said yes.
    @inlinable
    @inline(__always)
    mutating func dropLeast() { hole = true }
}
