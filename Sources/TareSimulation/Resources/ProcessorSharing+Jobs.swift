import CTareLinux

extension ProcessorSharing {
    /// A job arrives.
    ///
    /// - Parameters:
    ///   - job: who; `finished` returns it.
    ///   - work: units times seconds, such as core-seconds; not negative.
    ///   - share: its weight and cap.
    ///   - now: the current instant.
    /// - Returns: a handle for `remove` and `remaining`.
    /// - Complexity: O(log n) in the jobs of its class, O(k) in the classes.
    @inlinable
    @inline(__always)
    @discardableResult
    public mutating func arrive(
        _ job: Job,
        work: Double,
        share: ShareClass = .oneCore,
        at now: SimTime
    ) -> Handle {
        precondition(work >= 0, "work cannot be negative")
        advance(to: now)
        let kind = kindCount > 0 && kinds[0].share == share ? 0 : find(share)
        if kinds[kind].active == 0 { empty(kind) }
        let tag = kinds[kind].virtual + work * 1e9
        let handle = takeCell(job, tag: tag, kind: kind)
        let turn = sequence
        sequence += KeyLayout.sequenceStep
        kinds[kind].active &+= 1
        kinds[kind].tags.insert(KeyLayout.key(tag.bitPattern, turn, Int(handle.slot)))
        present &+= 1
        ratesAreOld = true
        return handle
    }

    /// Takes one job that has had all its work by `now`; call it until it returns nothing.
    ///
    /// - Returns: a job: of several, in the order of classes, then of completion, then of arrival.
    /// - Complexity: O(log n) in the jobs of its class, O(k) in the classes.
    @inlinable
    @inline(__always)
    public mutating func finished(at now: SimTime) -> Job? {
        advance(to: now)
        if kindCount == 1 { return finished(kind: 0) }
        for kind in 0..<kindCount {
            if let job = finished(kind: kind) { return job }
        }
        return nil
    }

    /// Takes one job of a class that has had all its work.
    @inlinable
    @inline(__always)
    mutating func finished(kind: Int) -> Job? {
        guard kinds[kind].active > 0 else { return nil }
        refresh()
        let key = least(kind)
        let left = Double(bitPattern: KeyLayout.high(key)) - kinds[kind].virtual
        // Less than half a nanosecond of service is left: rounding.
        guard left <= 0.5 * kinds[kind].rate else { return nil }
        kinds[kind].tags.drop()
        kinds[kind].active &-= 1
        present &-= 1
        ratesAreOld = true
        return freeCell(KeyLayout.slot(key))
    }

    /// Takes a job out before it has finished.
    ///
    /// - Returns: the work that it still wanted, or nothing where the handle is stale.
    /// - Complexity: O(1) amortised; its entry leaves the heap later.
    @inlinable
    public mutating func remove(_ handle: Handle, at now: SimTime) -> Double? {
        advance(to: now)
        guard let left = remaining(handle) else { return nil }
        let slot = Int(handle.slot)
        let kind = Int(cells[slot].kind)
        cells[slot].generation &+= 1
        kinds[kind].active &-= 1
        kinds[kind].dead &+= 1
        present &-= 1
        ratesAreOld = true
        if kinds[kind].dead > 64, kinds[kind].dead > kinds[kind].active { compact(kind) }
        return left
    }

    /// The work that a job still wants, as of the last change.
    ///
    /// - Returns: units times seconds, or nothing where the handle is stale.
    @inlinable
    public func remaining(_ handle: Handle) -> Double? {
        let slot = Int(handle.slot)
        guard slot < cellCount, handle.generation & 1 == 1, cells[slot].generation == handle.generation else {
            return nil
        }
        return max(0, cells[slot].tag - kinds[Int(cells[slot].kind)].virtual) * 1e-9
    }

    /// Changes the capacity from `now` on: an instance whose CPU credits ran out.
    @inlinable
    public mutating func setCapacity(_ capacity: Double, at now: SimTime) {
        precondition(capacity > 0, "a station needs capacity")
        advance(to: now)
        limit = capacity
        ratesAreOld = true
    }

    /// When the next job finishes if nothing else changes.
    ///
    /// - Complexity: O(k) in the classes.
    @inlinable public var nextCompletion: SimTime? {
        @inline(__always) mutating get {
            guard present > 0 else { return nil }
            refresh()
            var soonest = Double.infinity
            if kindCount == 1 {
                soonest = wait(kind: 0)
            } else {
                for kind in 0..<kindCount where kinds[kind].active > 0 { soonest = min(soonest, wait(kind: kind)) }
            }
            guard soonest < 9e18 else { return nil }
            let whole = tare_truncate(soonest)
            let wait = Double(whole) < soonest ? whole &+ 1 : whole
            return SimTime(nanoseconds: updated.nanoseconds + wait)
        }
    }

    /// Nanoseconds until the first job of a class that has jobs finishes.
    @inlinable
    @inline(__always)
    mutating func wait(kind: Int) -> Double {
        let left = Double(bitPattern: KeyLayout.high(least(kind))) - kinds[kind].virtual
        return (left > 0 ? left : 0) / kinds[kind].rate
    }

    /// Sees to it that `event` comes when the next job finishes; call it after the changes of an event.
    ///
    /// - Parameters:
    ///   - event: the model's event, in which it asks `finished` until nothing comes. It may come without a job.
    ///   - scheduler: where it is scheduled.
    @inlinable
    @inline(__always)
    public mutating func arm<Event>(_ event: Event, on scheduler: inout Scheduler<Event>) {
        advance(to: scheduler.now)
        wake.arm(event, at: nextCompletion, on: &scheduler)
    }
}
