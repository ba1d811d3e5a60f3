extension ProcessorSharing {
    /// Moves the virtual times to `now`.
    @inlinable
    @inline(__always)
    mutating func advance(to now: SimTime) {
        guard now > updated else { return }
        refresh()
        let elapsed = Double(now.nanoseconds &- updated.nanoseconds)
        for kind in kinds.indices where kinds[kind].active > 0 {
            kinds[kind].virtual += elapsed * kinds[kind].rate
        }
        updated = now
    }

    /// Brings the rates up to date.
    @inlinable
    @inline(__always)
    mutating func refresh() {
        guard ratesAreOld else { return }
        ratesAreOld = false
        if kinds.count == 1 {
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
        for kind in kinds where kind.active > 0 { weights += Double(kind.active) * kind.share.weight }
        var theta = 0.0
        for index in order where kinds[index].active > 0 {
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
        if let known = kinds.firstIndex(where: { $0.share == share }) { return known }
        kinds.append(Kind(share: share))
        let new = kinds.count - 1
        let place = order.firstIndex { kinds[$0].ratio > kinds[new].ratio } ?? order.count
        order.insert(new, at: place)
        ratesAreOld = true
        return new
    }

    /// Starts the virtual time of a class without jobs anew, so that it never grows past its precision.
    @inlinable
    mutating func empty(_ kind: Int) {
        purge(kind)
        kinds[kind].virtual = 0
    }

    /// Takes removed jobs off the top of a class's heap.
    @inlinable
    mutating func purge(_ kind: Int) {
        while kinds[kind].heap.count > 0 {
            let slot = KeyLayout.slot(kinds[kind].heap.least)
            guard cells[slot].generation & 1 == 0 else { return }
            kinds[kind].heap.dropLeast()
            kinds[kind].dead &-= 1
            free.append(UInt32(truncatingIfNeeded: slot))
        }
    }

    /// Takes all removed jobs out of a class's heap.
    @inlinable
    @inline(never)
    mutating func compact(_ kind: Int) {
        var freed: [UInt32] = []
        kinds[kind].heap.filter { key in
            let slot = KeyLayout.slot(key)
            if cells[slot].generation & 1 == 1 { return true }
            freed.append(UInt32(truncatingIfNeeded: slot))
            return false
        }
        kinds[kind].dead = 0
        free.append(contentsOf: freed)
    }

    @inlinable
    @inline(__always)
    mutating func takeCell(_ job: Job, tag: Double, kind: Int) -> Handle {
        guard let slot = free.popLast() else {
            precondition(cells.count < KeyLayout.slotLimit, "more than 16.7 million jobs at once")
            cells.append(Cell(job: job, tag: tag, generation: 1, kind: Int32(truncatingIfNeeded: kind)))
            return Handle(slot: UInt32(truncatingIfNeeded: cells.count &- 1), generation: 1)
        }
        let index = Int(truncatingIfNeeded: slot)
        let generation = cells[index].generation &+ 1
        cells[index] = Cell(job: job, tag: tag, generation: generation, kind: Int32(truncatingIfNeeded: kind))
        return Handle(slot: slot, generation: generation)
    }

    @inlinable
    @inline(__always)
    mutating func freeCell(_ slot: Int) -> Job {
        cells[slot].generation &+= 1
        free.append(UInt32(truncatingIfNeeded: slot))
        return cells[slot].job
    }
}
