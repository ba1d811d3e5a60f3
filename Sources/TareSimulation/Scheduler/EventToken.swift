/// Names one scheduled event, for cancelling it.
///
/// A token of an event that has been delivered or cancelled is stale and harmless: the cell's generation has moved on.
@frozen
public struct EventToken: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline let slot: UInt32
    @usableFromInline let generation: UInt32

    @inlinable
    init(slot: Int, generation: UInt32) {
        self.slot = UInt32(truncatingIfNeeded: slot)
        self.generation = generation
    }

    /// A token of no event; cancelling it does nothing.
    @inlinable
    public static var none: EventToken { EventToken(slot: 0, generation: 0) }
}
