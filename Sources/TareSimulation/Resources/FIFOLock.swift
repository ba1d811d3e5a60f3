/// A lock with a queue, first come first served: a kernel-wide lock that starts of containers queue at.
@frozen
public struct FIFOLock<Job: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline var owner: Job?
    @usableFromInline var queue: RingBuffer<Job>

    /// A free lock.
    @inlinable
    public init() {
        owner = nil
        queue = RingBuffer()
    }

    /// Who holds it.
    @inlinable public var holder: Job? { owner }

    /// Jobs waiting for it.
    @inlinable public var waiting: Int { queue.count }

    /// Asks for the lock.
    ///
    /// - Returns: whether `job` has it now; otherwise a later `release` returns it.
    /// - Complexity: O(1).
    @inlinable
    public mutating func acquire(_ job: Job) -> Bool {
        guard owner != nil else {
            owner = job
            return true
        }
        queue.append(job)
        return false
    }

    /// The holder gives it up.
    ///
    /// - Returns: who holds it now, where one waited.
    /// - Precondition: somebody holds it.
    /// - Complexity: O(1).
    @inlinable
    public mutating func release() -> Job? {
        precondition(owner != nil, "nobody holds the lock")
        owner = queue.popFirst()
        return owner
    }
}
