extension LadderSet {
    /// Finds the next bucket with keys and makes it the near heap's.
    ///
    /// - Returns: how many keys it has; zero where none is left anywhere.
    @inlinable
    mutating func advance() -> Int {
        if rungCount == 0 {
            guard topCount > 0 else { return 0 }
            spill()
        } else {
            cursor &+= 1
        }
        while heads[cursor] & 0xffff_ffff == 0 { cursor &+= 1 }
        return Int(truncatingIfNeeded: heads[cursor] & 0xffff_ffff)
    }

    /// The first instant after the near heap's bucket.
    @inlinable var limit: UInt64 { base &+ UInt64(truncatingIfNeeded: cursor &+ 1) &<< shift }

    /// Takes the near heap's bucket, which is within one chunk.
    ///
    /// - Returns: its keys; they stay there until the next key is added.
    @inlinable
    @inline(__always)
    mutating func takeChunk(of count: Int) -> UnsafeMutablePointer<EventKey> {
        let chunk = Int(truncatingIfNeeded: heads[cursor] &>> 32)
        links[chunk] = freeChunk
        freeChunk = UInt32(truncatingIfNeeded: chunk)
        heads[cursor] = 0
        rungCount &-= count
        return chunks + chunk &<< Self.chunkShift
    }

    /// Moves the keys of the near heap's bucket to `target`, in no order.
    @inlinable
    mutating func drain(into target: UnsafeMutablePointer<EventKey>) {
        let size = 1 << Self.chunkShift
        let head = heads[cursor]
        let count = Int(truncatingIfNeeded: head & 0xffff_ffff)
        var chunk = Int(truncatingIfNeeded: head &>> 32)
        // The last chunk is filled in part.
        var from = (count &- 1) & ~(size &- 1)
        var length = count &- from
        while true {
            (target + from).update(from: chunks + chunk &<< Self.chunkShift, count: length)
            let link = links[chunk]
            links[chunk] = freeChunk
            freeChunk = UInt32(truncatingIfNeeded: chunk)
            if from == 0 { break }
            chunk = Int(link)
            from &-= size
            length = size
        }
        heads[cursor] = 0
        rungCount &-= count
    }

    /// Cuts the top into a new rung, as far as the bulk of its keys reaches; what is beyond stays.
    @inlinable
    @inline(never)
    mutating func spill() {
        let (least, span) = reach()
        let wanted = max(16, topCount / Self.bucketKeys(topCount))
        let wide = max(1, span / UInt64(wanted))
        base = least
        shift = UInt64(64 - wide.leadingZeroBitCount - 1)
        // The end stays below the largest time, so that the shift of a key never wraps.
        buckets = min(2 * wanted + 1, Int(truncatingIfNeeded: (UInt64(Int64.max) - least) >> shift) + 1)
        cursor = 0
        if headCapacity < buckets {
            heads.deallocate()
            headCapacity = buckets + buckets / 2
            heads = .allocate(capacity: headCapacity)
            heads.initialize(repeating: 0, count: headCapacity)
        } else {
            heads.update(repeating: 0, count: buckets)
        }
        var kept = 0
        let all = topCount
        for index in 0..<all {
            let key = top[index]
            let bucket = (Scale.position(KeyLayout.high(key)) &- base) &>> shift
            if bucket < UInt64(truncatingIfNeeded: buckets) {
                put(key, Int(truncatingIfNeeded: bucket))
            } else {
                top[kept] = key
                kept &+= 1
            }
        }
        topCount = kept
    }

    /// The least place in the top, and how far from it the rung should reach: by the quartiles of a sample, so that a few
    /// keys far away do not widen the buckets of all others.
    @inlinable
    mutating func reach() -> (least: UInt64, span: UInt64) {
        var least = UInt64.max
        for index in 0..<topCount { least = min(least, Scale.position(KeyLayout.high(top[index]))) }
        let size = min(64, topCount)
        var sample: [UInt64] = []
        sample.reserveCapacity(size)
        for place in 0..<size { sample.append(Scale.position(KeyLayout.high(top[place * topCount / size])) - least) }
        sample.sort()
        let low = sample[size / 4]
        let high = sample[size * 3 / 4]
        return (least, high / 8 <= low ? high + high / 2 : min(low, 1 << 60) * 4)
    }

    /// Moves every key to the top.
    @inlinable
    mutating func collapse() {
        while rungCount > 0 {
            while heads[cursor] & 0xffff_ffff == 0 { cursor &+= 1 }
            let count = Int(truncatingIfNeeded: heads[cursor] & 0xffff_ffff)
            while topCount + count > topCapacity { growTop() }
            drain(into: top + topCount)
            topCount &+= count
        }
        buckets = 0
    }

    /// Keeps only the keys that `keep` wants; all go to the top.
    @inlinable
    mutating func filter(_ keep: (EventKey) -> Bool) {
        collapse()
        var kept = 0
        for index in 0..<topCount where keep(top[index]) {
            top[kept] = top[index]
            kept &+= 1
        }
        topCount = kept
    }
}
