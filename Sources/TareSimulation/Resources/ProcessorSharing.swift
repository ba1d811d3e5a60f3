/// Capacity shared by all present jobs at once: cores under a fair scheduler, the bytes of a link.
///
/// Job *i* of weight *w* and cap *c* is served at `min(c, w * theta)`, where `theta` is as large as the capacity allows
/// (weighted max-min fairness). Jobs of one class progress alike, so each class keeps a *virtual time*, the work that
/// each of its jobs has received, and a heap of the virtual times at which its jobs finish. An arrival or a departure
/// changes the speed of the virtual times and never touches the other jobs: O(log n) in the jobs, O(k) in the classes.
///
/// A completion is rounded up to the next nanosecond; what a job is served too long is not taken from the others, so the
/// error does not add up. The pattern of use is in `Simulation`: `arrive`, `finished` in the armed event, then `arm`. The
/// owner of its jobs: it cannot be copied.
@frozen
public struct ProcessorSharing<Job: BitwiseCopyable & Sendable>: ~Copyable {
    /// Names a job that is in service.
    @frozen
    public struct Handle: Hashable, Sendable, BitwiseCopyable {
        @usableFromInline let slot: UInt32
        @usableFromInline let generation: UInt32

        @inlinable
        init(slot: UInt32, generation: UInt32) {
            self.slot = slot
            self.generation = generation
        }
    }

    /// A job in service.
    @usableFromInline
    @frozen
    struct Cell: Sendable, BitwiseCopyable {
        @usableFromInline var tag: Double
        @usableFromInline var job: Job
        @usableFromInline var generation: UInt32
        @usableFromInline var kind: Int32

        @inlinable
        init(job: Job, tag: Double, generation: UInt32, kind: Int32) {
            self.tag = tag
            self.job = job
            self.generation = generation
            self.kind = kind
        }
    }

    /// The jobs of one weight and cap.
    @usableFromInline
    @frozen
    struct Kind: ~Copyable {
        @usableFromInline let share: ShareClass
        /// The job becomes capped where theta reaches this.
        @usableFromInline let ratio: Double
        @usableFromInline var active: Int
        @usableFromInline var dead: Int
        /// Work that each job has received since the class was last empty, in capacity units times nanoseconds.
        @usableFromInline var virtual: Double
        /// Capacity units a job has now.
        @usableFromInline var rate: Double
        /// The virtual times at which the jobs finish, as bits: those of positive numbers are in the numbers' order.
        @usableFromInline var tags: PendingSet<TagScale>

        @inlinable
        init(share: ShareClass) {
            self.share = share
            ratio = share.cap / share.weight
            active = 0
            dead = 0
            virtual = 0
            rate = 0
            tags = PendingSet(capacity: 0, body: .automatic)
        }
    }

    @usableFromInline var limit: Double
    @usableFromInline var present: Int
    @usableFromInline var updated: SimTime
    @usableFromInline var ratesAreOld: Bool
    @usableFromInline var sequence: UInt64
    @usableFromInline var wake: WakeUp
    @usableFromInline var cells: UnsafeMutablePointer<Cell>
    @usableFromInline var cellCount: Int
    @usableFromInline var cellCapacity: Int
    /// Cells that were used and are free, a stack.
    @usableFromInline var free: UnsafeMutablePointer<UInt32>
    @usableFromInline var freeCount: Int
    @usableFromInline var kinds: UnsafeMutablePointer<Kind>
    @usableFromInline var kindCount: Int
    @usableFromInline var kindCapacity: Int
    /// In order of the ratio of cap to weight: those that reach their cap first come first.
    @usableFromInline var order: UnsafeMutablePointer<Int32>

    /// An empty station.
    ///
    /// - Parameter capacity: units there are, such as cores (work is then in core-seconds) or bytes a second (bytes).
    @inlinable
    public init(capacity: Double) {
        precondition(capacity > 0, "a station needs capacity")
        limit = capacity
        present = 0
        updated = .zero
        ratesAreOld = false
        sequence = 0
        wake = WakeUp()
        cellCount = 0
        cellCapacity = 16
        cells = QueueMemory.allocate(cellCapacity)
        free = QueueMemory.allocate(cellCapacity)
        freeCount = 0
        kindCount = 0
        kindCapacity = 1
        kinds = .allocate(capacity: kindCapacity)
        order = .allocate(capacity: kindCapacity)
    }

    @inlinable
    deinit {
        cells.deallocate()
        free.deallocate()
        kinds.deinitialize(count: kindCount)
        kinds.deallocate()
        order.deallocate()
    }

    /// Units there are.
    @inlinable public var capacity: Double { limit }

    /// Jobs in service.
    @inlinable public var count: Int { present }

    /// Units in use now.
    @inlinable public var used: Double {
        mutating get {
            refresh()
            var sum = 0.0
            for kind in 0..<kindCount where kinds[kind].active > 0 {
                sum += Double(kinds[kind].active) * kinds[kind].rate
            }
            return sum
        }
    }
}

// The one owner of its memory: sent as a whole or not at all.
extension ProcessorSharing: @unchecked Sendable {}
