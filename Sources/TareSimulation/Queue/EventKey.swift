/// What a queue orders by, in 16 bytes: the time above, then the sequence number, then the slot of the event's cell.
///
///     127           64 63         24 23     0
///     | time or tag   | sequence    | slot  |
///
/// One unsigned number, so that a comparison is two instructions without a branch. The sequence makes the order total:
/// events of one instant come out in the order in which they were scheduled. 2^40 events a run, 2^24 pending at once.
@usableFromInline
typealias EventKey = UInt128

/// How an event key is put together.
@usableFromInline
enum KeyLayout {
    /// Bits of the slot.
    @inlinable static var slotBits: UInt64 { 24 }

    /// Most cells at once.
    @inlinable static var slotLimit: Int { 1 << 24 }

    /// What the sequence grows by.
    @inlinable static var sequenceStep: UInt64 { 1 << 24 }

    /// After every key: half the range, so that the sign of a difference tells which of two keys is less.
    @inlinable static var last: EventKey { UInt128(_low: .max, _high: UInt64(Int64.max)) }

    /// A key of a time (or an ordered tag), a sequence already shifted above the slot, and a slot.
    @inlinable
    @inline(__always)
    static func key(_ high: UInt64, _ sequence: UInt64, _ slot: Int) -> EventKey {
        UInt128(_low: sequence | UInt64(truncatingIfNeeded: slot), _high: high)
    }

    /// Whether `key` is the one after every other.
    ///
    /// Only the lower half is looked at: no sequence number has all its bits set.
    @inlinable
    @inline(__always)
    static func isLast(_ key: EventKey) -> Bool { UInt64(truncatingIfNeeded: key) == .max }

    /// The slot in a key.
    @inlinable
    @inline(__always)
    static func slot(_ key: EventKey) -> Int {
        Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: key) & (1 << 24 - 1))
    }

    /// The time (or tag) in a key.
    @inlinable
    @inline(__always)
    static func high(_ key: EventKey) -> UInt64 { UInt64(truncatingIfNeeded: key &>> 64) }
}
