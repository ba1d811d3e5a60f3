extension ProcessorSharing {
    /// Moves the virtual times to `now`.
    @inlinable
    @inline(__always)
    mutating func advance(to now: SimTime) {
        guard now > updated else { return }
        refresh()
        let elapsed = Double(now.nanoseconds &- updated.nanoseconds)
        if kindCount == 1 {
            // A class without jobs has no virtual time to move, and no rate.
            if kinds[0].active > 0 { kinds[0].virtual += elapsed * kinds[0].rate }
        } else {
            for kind in 0..<kindCount where kinds[kind].active > 0 {
                kinds[kind].virtual += elapsed * kinds[kind].rate
            }
        }
        updated = now
    }

    /// Brings the rates up to date.
    @inlinable
    @inline(__always)
    mutating func refresh() {
        guard ratesAreOld else { return }
        ratesAreOld = false
        if kindCount == 1 {
            let share = kinds[0].share
            kinds[0].rate = min(share.cap, limit / Double(kinds[0].active))
        } else {
            fill()
        }
    }

    /// Weighted max-min: classes that reach their cap first take it and leave the rest to the others.
    @inlinable
    mutating func fill() {
        var left = limit
        var weights = 0.0
        for kind in 0..<kindCount where kinds[kind].active > 0 {
            weights += Double(kinds[kind].active) * kinds[kind].share.weight
        }
        var theta = 0.0
        for place in 0..<kindCount {
            let index = Int(order[place])
            guard kinds[index].active > 0 else { continue }
            let share = kinds[index].share
            let jobs = Double(kinds[index].active)
            theta = max(theta, weights > 0 ? left / weights : 0)
            if kinds[index].ratio <= theta {
                kinds[index].rate = share.cap
                left = max(0, left - jobs * share.cap)
                weights -= jobs * share.weight
            } else {
                kinds[index].rate = share.weight * theta
            }
        }
    }

    /// The class of `share`, made where it is new.
    @inlinable
    @inline(never)
    mutating func find(_ share: ShareClass) -> Int {
        for kind in 0..<kindCount where kinds[kind].share == share { return kind }
        if kindCount == kindCapacity { growKinds() }
        let new = kindCount
        (kinds + new).initialize(to: Kind(share: share))
        // Insertion from behind: of equal ratios the older comes first.
        var place = new
        while place > 0, kinds[Int(order[place - 1])].ratio > kinds[new].ratio {
            order[place] = order[place - 1]
            place -= 1
        }
        order[place] = Int32(truncatingIfNeeded: new)
        kindCount += 1
        ratesAreOld = true
        return new
    }

    @inlinable
    @inline(never)
    mutating func growKinds() {
        let wider = kindCapacity * 2
        let newKinds = UnsafeMutablePointer<Kind>.allocate(capacity: wider)
        newKinds.moveInitialize(from: kinds, count: kindCount)
        kinds.deallocate()
        kinds = newKinds
        let newOrder = UnsafeMutablePointer<Int32>.allocate(capacity: wider)
        newOrder.update(from: order, count: kindCount)
        order.deallocate()
        order = newOrder
        kindCapacity = wider
    }

    /// Starts the virtual time of a class without jobs anew, so that it never grows past its precision.
    @inlinable
    @inline(__always)
    mutating func empty(_ kind: Int) {
        if kinds[kind].dead > 0 { purge(kind) }
        kinds[kind].tags.restart()
        kinds[kind].virtual = 0
    }

    /// The least key of a class that has jobs.
    @inlinable
    @inline(__always)
    mutating func least(_ kind: Int) -> EventKey {
        if kinds[kind].dead > 0 { purge(kind) }
        return kinds[kind].tags.least(cells: cells, stride: MemoryLayout<Cell>.stride)
    }

    /// Takes removed jobs off the front of a class's queue.
    @inlinable
    @inline(never)
    mutating func purge(_ kind: Int) {
        while kinds[kind].dead > 0 {
            let key = kinds[kind].tags.least(cells: cells, stride: MemoryLayout<Cell>.stride)
            let slot = KeyLayout.slot(key)
            guard cells[slot].generation & 1 == 0 else { return }
            kinds[kind].tags.drop()
            kinds[kind].dead &-= 1
            giveBack(slot)
        }
    }

    /// Takes all removed jobs out of a class's queue.
    @inlinable
    @inline(never)
    mutating func compact(_ kind: Int) {
        let cells = cells
        let free = free
        var count = freeCount
        kinds[kind].tags.filter { key in
            let slot = KeyLayout.slot(key)
            if cells[slot].generation & 1 == 1 { return true }
            free[count] = UInt32(truncatingIfNeeded: slot)
            count &+= 1
            return false
        }
        freeCount = count
        kinds[kind].dead = 0
    }

    @inlinable
    @inline(__always)
    mutating func takeCell(_ job: Job, tag: Double, kind: Int) -> Handle {
        let slot: Int
        var generation: UInt32 = 1
        if freeCount > 0 {
            freeCount &-= 1
            slot = Int(truncatingIfNeeded: free[freeCount])
            generation = cells[slot].generation &+ 1
        } else {
            if cellCount == cellCapacity { growCells() }
            slot = cellCount
            cellCount &+= 1
        }
        cells[slot] = Cell(job: job, tag: tag, generation: generation, kind: Int32(truncatingIfNeeded: kind))
        return Handle(slot: UInt32(truncatingIfNeeded: slot), generation: generation)
    }

    @inlinable
    @inline(never)
    mutating func growCells() {
        precondition(cellCapacity < KeyLayout.slotLimit, "more than 16.7 million jobs at once")
        let wider = cellCapacity * 2
        let newCells = QueueMemory.allocate(wider, of: Cell.self)
        newCells.update(from: cells, count: cellCount)
        cells.deallocate()
        cells = newCells
        // Cells grow only while none is free.
        free.deallocate()
        free = QueueMemory.allocate(wider)
        cellCapacity = wider
    }

    @inlinable
    @inline(__always)
    mutating func giveBack(_ slot: Int) {
        free[freeCount] = UInt32(truncatingIfNeeded: slot)
        freeCount &+= 1
    }

    @inlinable
    @inline(__always)
    mutating func freeCell(_ slot: Int) -> Job {
        giveBack(slot)
        cells[slot].generation &+= 1
        return cells[slot].job
    }
}
