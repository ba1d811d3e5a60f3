/// A 4-ary heap of keys as a copyable value, for the resources.
@usableFromInline
@frozen
struct KeyHeap: Sendable {
    @usableFromInline var keys: [EventKey]
    @usableFromInline var count: Int

    @inlinable
    init() {
        keys = []
        count = 0
    }

    /// The least key; the heap is not empty.
    @inlinable var least: EventKey { @inline(__always) get { keys[0] } }

    @inlinable
    @inline(__always)
    mutating func insert(_ key: EventKey) {
        // Three entries after the last stay at the largest key.
        if count &+ 4 > keys.count { grow() }
        let last = count
        count &+= 1
        keys.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            QuaternaryHeap.rise(base, from: last, key)
        }
    }

    @inlinable
    @inline(__always)
    mutating func dropLeast() {
        let before = count
        count = keys.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return QuaternaryHeap.dropTop(base, count: before)
        }
    }

    /// Keeps only the keys that `keep` wants.
    @inlinable
    mutating func filter(_ keep: (EventKey) -> Bool) {
        var kept = 0
        for index in 0..<count where keep(keys[index]) {
            keys[kept] = keys[index]
            kept += 1
        }
        for index in kept..<count { keys[index] = KeyLayout.last }
        count = kept
        keys.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            QuaternaryHeap.build(base, count: kept)
        }
    }

    @inlinable
    @inline(never)
    mutating func grow() {
        let wider = max(64, keys.count * 2)
        keys.append(contentsOf: repeatElement(KeyLayout.last, count: wider - keys.count))
    }
}
