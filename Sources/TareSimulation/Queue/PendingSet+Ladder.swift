import CTareLinux

extension PendingSet {
    /// Keys in all parts.
    var queued: Int { count - (hole ? 1 : 0) + runEnd - runHead + ladder.count }

    /// Adds a key to a heap that is full: it grows, or the ladder takes over.
    @inlinable
    @inline(never)
    mutating func makeRoom(_ key: EventKey) {
        if body == .automatic, !isLadder, count >= Self.switchAt {
            for index in 0..<count {
                ladder.append(keys[index])
                keys[index] = KeyLayout.last
            }
            count = 0
            limit = 0
            ladder.append(key)
        } else {
            reserve(count + 1)
            count += 1
            QuaternaryHeap.rise(keys, from: count - 1, key)
        }
    }

    /// Makes the heap large enough for `wanted` keys.
    @inlinable
    mutating func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let larger = max(wanted, capacity * 2)
        let wider = Self.allocate(larger)
        (wider + 3).update(from: keys, count: count)
        memory.deallocate()
        memory = wider
        keys = wider + 3
        capacity = larger
        full = larger
    }

    /// Fills the empty run or the empty heap from the ladder.
    ///
    /// - Returns: whether there was a key.
    @inlinable
    @inline(never)
    mutating func refill(_ cells: UnsafeRawPointer, _ stride: Int) -> Bool {
        if ladder.count <= Self.switchAt / 4, body == .automatic {
            leaveLadder()
            return count > 0
        }
        let found = ladder.advance()
        guard found > 0 else {
            // Nothing is pending: whatever comes next goes to the top.
            limit = 0
            ladder.buckets = 0
            return false
        }
        limit = ladder.limit
        if found <= 1 << LadderSet<Scale>.chunkShift {
            let source = ladder.takeChunk(of: found)
            if ladder.count > Self.prefetchFrom { prefetch(source, found, cells, stride) }
            sortRun(source, found)
            return true
        }
        reserve(found)
        // The heap is empty: its memory holds the bucket until it is sorted.
        ladder.drain(into: keys)
        prefetch(keys, found, cells, stride)
        if found <= Self.runLimit {
            sortRun(keys, found)
            keys.update(repeating: KeyLayout.last, count: found)
        } else {
            count = found
            QuaternaryHeap.build(keys, count: found)
        }
        return true
    }

    /// Asks for the cells of keys whose time comes soon.
    @inlinable
    @inline(__always)
    func prefetch(_ source: UnsafeMutablePointer<EventKey>, _ found: Int, _ cells: UnsafeRawPointer, _ stride: Int) {
        for index in 0..<found { tare_prefetch(cells + KeyLayout.slot(source[index]) &* stride) }
    }

    /// Copies the `found` keys of `source` to the run, in order.
    ///
    /// Each key's place is how many are less: half of all pairs are compared, without a branch to mispredict, which for
    /// a few keys is the fastest sorting there is.
    @inlinable
    @inline(__always)
    mutating func sortRun(_ source: UnsafeMutablePointer<EventKey>, _ found: Int) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.runLimit) { places in
            guard let place = places.baseAddress else { return }
            for index in 0..<found {
                let key = source[index]
                var rank = index
                for other in 0..<index {
                    let after = QuaternaryHeap.below(key, source[other])
                    place[other] &+= after
                    rank &-= after
                }
                place[index] = rank
            }
            for index in 0..<found { run[place[index]] = source[index] }
        }
        run[found] = KeyLayout.last
        runHead = 0
        runEnd = found
    }

    /// Goes back to the heap alone.
    @inlinable
    @inline(never)
    mutating func leaveLadder() {
        ladder.collapse()
        let found = ladder.topCount
        reserve(found)
        keys.update(from: ladder.top, count: found)
        ladder.topCount = 0
        count = found
        limit = .max
        full = max(Self.switchAt, capacity)
        reserve(full)
        QuaternaryHeap.build(keys, count: found)
    }

    /// Keeps only the keys that `keep` wants.
    ///
    /// - Complexity: O(n).
    @inlinable
    mutating func filter(_ keep: (EventKey) -> Bool) {
        if hole {
            hole = false
            count = QuaternaryHeap.dropTop(keys, count: count)
        }
        var kept = 0
        for index in 0..<count {
            let key = keys[index]
            keys[index] = KeyLayout.last
            if keep(key) {
                keys[kept] = key
                kept += 1
            }
        }
        count = kept
        QuaternaryHeap.build(keys, count: kept)
        var end = runHead
        for index in runHead..<runEnd where keep(run[index]) {
            run[end] = run[index]
            end += 1
        }
        run[end] = KeyLayout.last
        runEnd = end
        ladder.filter(keep)
        // The rung is gone: keys before the limit are in the heap, those after it in the top.
    }
}
