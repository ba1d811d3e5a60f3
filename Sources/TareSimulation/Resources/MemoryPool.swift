/// A fixed number of bytes with a queue, first come first served: page frames of a node, a staging buffer.
///
/// A large request at the head of the queue is not overtaken by a small one.
@frozen
public struct MemoryPool<Job: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline
    @frozen
    struct Request: Sendable, BitwiseCopyable {
        @usableFromInline let job: Job
        @usableFromInline let bytes: Int64

        @inlinable
        init(job: Job, bytes: Int64) {
            self.job = job
            self.bytes = bytes
        }
    }

    /// Bytes there are.
    public let capacity: Int64

    @usableFromInline var taken: Int64
    @usableFromInline var most: Int64
    @usableFromInline var queue: RingBuffer<Request>

    /// An unused pool of `capacity` bytes.
    @inlinable
    public init(capacity: Int64) {
        precondition(capacity >= 0, "a pool cannot be smaller than nothing")
        self.capacity = capacity
        taken = 0
        most = 0
        queue = RingBuffer()
    }

    /// Bytes in use.
    @inlinable public var used: Int64 { taken }

    /// Bytes free.
    @inlinable public var free: Int64 { capacity - taken }

    /// The most bytes that were in use at once.
    @inlinable public var peak: Int64 { most }

    /// Requests waiting.
    @inlinable public var waiting: Int { queue.count }

    /// Takes bytes at once or not at all, ahead of whoever waits.
    ///
    /// - Returns: whether they were free.
    @inlinable
    public mutating func take(_ bytes: Int64) -> Bool {
        precondition(bytes >= 0, "a request cannot be negative")
        guard bytes <= free else { return false }
        taken += bytes
        most = max(most, taken)
        return true
    }

    /// Asks for bytes in turn.
    ///
    /// - Parameters:
    ///   - job: who.
    ///   - bytes: how many; more than the capacity waits for ever, so check that before.
    /// - Returns: whether `job` has them now; otherwise a later `nextGranted` returns it.
    @inlinable
    public mutating func request(_ job: Job, bytes: Int64) -> Bool {
        if queue.count == 0, take(bytes) { return true }
        queue.append(Request(job: job, bytes: bytes))
        return false
    }

    /// Gives bytes back; call `nextGranted` until it has nobody.
    ///
    /// - Precondition: that many are in use.
    @inlinable
    public mutating func release(_ bytes: Int64) {
        precondition(bytes >= 0 && bytes <= taken, "more bytes given back than taken")
        taken -= bytes
    }

    /// The next waiting job whose bytes are free; they are taken for it.
    @inlinable
    public mutating func nextGranted() -> Job? {
        guard let first = queue.first, take(first.bytes) else { return nil }
        return queue.popFirst()?.job
    }
}
