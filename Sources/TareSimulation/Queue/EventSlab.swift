import CTareLinux

/// The cells of pending events: one allocation that only grows, a stack of free cells, a generation a cell.
///
/// A generation is odd while its cell's event waits and even when it was delivered or cancelled; a cancelled cell stays
/// taken until its key leaves the queue.
@usableFromInline
@frozen
struct EventSlab<Event: BitwiseCopyable>: ~Copyable {
    /// One event and the stamp of its cell.
    @usableFromInline
    @frozen
    struct Cell: BitwiseCopyable {
        @usableFromInline var event: Event
        @usableFromInline var generation: UInt32

        @inlinable
        init(event: Event, generation: UInt32) {
            self.event = event
            self.generation = generation
        }
    }

    @usableFromInline var cells: UnsafeMutablePointer<Cell>
    @usableFromInline var free: UnsafeMutablePointer<UInt32>
    @usableFromInline var freeCount: Int
    @usableFromInline var capacity: Int

    @inlinable
    init(capacity wanted: Int) {
        capacity = max(wanted, 16)
        cells = QueueMemory.allocate(capacity)
        free = QueueMemory.allocate(capacity)
        freeCount = 0
        addFree(from: 0)
    }

    @inlinable
    deinit {
        cells.deallocate()
        free.deallocate()
    }

    /// Marks the cells from `start` to the capacity as free, lowest on top of the stack.
    @inlinable
    mutating func addFree(from start: Int) {
        var index = capacity - 1
        while index >= start {
            // The event is left uninitialised; only the stamp is read before the first use.
            UnsafeMutableRawPointer(cells + index)
                .storeBytes(of: 0, toByteOffset: Self.generationOffset, as: UInt32.self)
            free[freeCount] = UInt32(truncatingIfNeeded: index)
            freeCount += 1
            index -= 1
        }
    }

    @inlinable static var generationOffset: Int { MemoryLayout<Cell>.offset(of: \.generation) ?? 0 }

    /// Bytes from one cell to the next.
    @inlinable static var stride: Int { MemoryLayout<Cell>.stride }

    /// Doubles the cells.
    @inlinable
    @inline(never)
    mutating func grow() {
        let wider = capacity * 2
        precondition(wider <= KeyLayout.slotLimit, "more than 16.7 million events pending at once")
        let newCells = QueueMemory.allocate(wider, of: Cell.self)
        newCells.update(from: cells, count: capacity)
        cells.deallocate()
        cells = newCells
        free.deallocate()
        free = QueueMemory.allocate(wider)
        let old = capacity
        capacity = wider
        freeCount = 0
        addFree(from: old)
    }

    /// Takes a free cell for `event`.
    @inlinable
    @inline(__always)
    mutating func take(_ event: Event) -> EventToken {
        if freeCount == 0 { grow() }
        freeCount &-= 1
        let slot = Int(truncatingIfNeeded: free[freeCount])
        let generation = cells[slot].generation &+ 1
        cells[slot] = Cell(event: event, generation: generation)
        return EventToken(slot: slot, generation: generation)
    }

    /// Gives back the cell of a live event whose key has left the queue.
    ///
    /// - Returns: its event.
    @inlinable
    @inline(__always)
    mutating func release(_ slot: Int) -> Event {
        giveBack(slot)
        cells[slot].generation &+= 1
        return cells[slot].event
    }

    /// Gives back the cell of a cancelled event.
    @inlinable
    @inline(__always)
    mutating func giveBack(_ slot: Int) {
        free[freeCount] = UInt32(truncatingIfNeeded: slot)
        freeCount &+= 1
    }

    /// Voids a waiting event.
    ///
    /// - Returns: whether it was still waiting.
    @inlinable
    mutating func void(_ token: EventToken) -> Bool {
        guard isWaiting(token) else { return false }
        cells[Int(token.slot)].generation &+= 1
        return true
    }

    /// Whether the event that `token` names still waits.
    @inlinable
    func isWaiting(_ token: EventToken) -> Bool {
        let slot = Int(token.slot)
        return token.generation & 1 == 1 && slot < capacity && cells[slot].generation == token.generation
    }

    /// Whether the event in `slot` is still wanted.
    @inlinable
    @inline(__always)
    func isLive(_ slot: Int) -> Bool { cells[slot].generation & 1 == 1 }
}
