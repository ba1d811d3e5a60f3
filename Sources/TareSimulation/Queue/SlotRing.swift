/// First in, first out, of cells: the events scheduled for the current instant, which need no heap.
@usableFromInline
@frozen
struct SlotRing: ~Copyable {
    @usableFromInline var slots: UnsafeMutablePointer<UInt32>
    @usableFromInline var mask: Int
    @usableFromInline var head: Int
    @usableFromInline var count: Int

    @inlinable
    init() {
        slots = .allocate(capacity: 64)
        mask = 63
        head = 0
        count = 0
    }

    @inlinable
    deinit { slots.deallocate() }

    @inlinable
    @inline(__always)
    mutating func append(_ slot: Int) {
        if count > mask { grow() }
        slots[(head &+ count) & mask] = UInt32(truncatingIfNeeded: slot)
        count &+= 1
    }

    /// Takes the first; the ring is not empty.
    @inlinable
    @inline(__always)
    mutating func removeFirst() -> Int {
        let slot = Int(truncatingIfNeeded: slots[head])
        head = (head &+ 1) & mask
        count &-= 1
        return slot
    }

    /// Keeps only the cells that `keep` wants, in their order.
    @inlinable
    mutating func filter(_ keep: (Int) -> Bool) {
        let before = count
        count = 0
        for offset in 0..<before {
            let slot = slots[(head + offset) & mask]
            guard keep(Int(slot)) else { continue }
            slots[(head + count) & mask] = slot
            count += 1
        }
    }

    @inlinable
    @inline(never)
    mutating func grow() {
        let wider = UnsafeMutablePointer<UInt32>.allocate(capacity: (mask + 1) * 2)
        for offset in 0..<count { wider[offset] = slots[(head + offset) & mask] }
        slots.deallocate()
        slots = wider
        mask = mask * 2 + 1
        head = 0
    }
}
