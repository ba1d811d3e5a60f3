/// The far part of a ladder queue (after Tang, Goh and Thng 2005): keys that need no order yet.
///
/// A *rung* cuts the time ahead into buckets of one width, a power of two, so that a key finds its bucket by a shift. What
/// lies beyond the rung gathers in the *top*, in no order. When the near heap runs empty it gets the next bucket; when the
/// rung runs empty, the top is cut into a new one. So a key costs one append or two, whatever the number pending, and
/// only the few keys of one bucket are ever compared.
///
///     near heap <-- bucket 0 | bucket 1 | ... | bucket n   <-- top
///
/// Buckets are chains of chunks out of one pool. Which key is in which part changes no order: the near heap has all keys
/// before `limit`, and it is exact.
@usableFromInline
@frozen
struct LadderSet<Scale: KeyScale>: ~Copyable {
    /// Start of the rung.
    @usableFromInline var base: UInt64
    /// Width of a bucket, as a power of two.
    @usableFromInline var shift: UInt64
    /// Buckets in the rung; none before the first.
    @usableFromInline var buckets: Int
    /// The bucket that the near heap has.
    @usableFromInline var cursor: Int
    /// Keys in the rung.
    @usableFromInline var rungCount: Int
    /// Per bucket: keys below, the last chunk above.
    @usableFromInline var heads: UnsafeMutablePointer<UInt64>
    @usableFromInline var headCapacity: Int

    @usableFromInline var chunks: UnsafeMutablePointer<EventKey>
    @usableFromInline var links: UnsafeMutablePointer<UInt32>
    @usableFromInline var chunkCapacity: Int
    @usableFromInline var chunksUsed: Int
    @usableFromInline var freeChunk: UInt32

    @usableFromInline var top: UnsafeMutablePointer<EventKey>
    @usableFromInline var topCount: Int
    @usableFromInline var topCapacity: Int

    /// Keys in a chunk: two cache lines.
    @inlinable static var chunkShift: Int { 3 }

    /// Keys that a bucket is meant to have.
    ///
    /// More of them are slower to sort, but fewer buckets are open at once, which
    /// counts when their last chunks no longer fit the caches.
    @inlinable
    static func bucketKeys(_ count: Int) -> Int { count < 16_384 ? 6 : 20 }

    @inlinable
    init() {
        base = 0
        shift = 0
        buckets = 0
        cursor = 0
        rungCount = 0
        headCapacity = 1
        heads = .allocate(capacity: 1)
        chunkCapacity = 1
        chunks = QueueMemory.allocate(1 << Self.chunkShift)
        links = .allocate(capacity: 1)
        chunksUsed = 0
        freeChunk = .max
        topCapacity = 16
        top = QueueMemory.allocate(16)
        topCount = 0
    }

    @inlinable
    deinit {
        heads.deallocate()
        chunks.deallocate()
        links.deallocate()
        top.deallocate()
    }

    /// All keys here.
    @inlinable var count: Int { rungCount &+ topCount }

    /// Adds a key that is not before the end of the near heap's bucket.
    ///
    /// - Complexity: O(1) amortised.
    @inlinable
    @inline(__always)
    mutating func append(_ key: EventKey) {
        let bucket = (Scale.position(KeyLayout.high(key)) &- base) &>> shift
        if bucket < UInt64(truncatingIfNeeded: buckets) {
            put(key, Int(truncatingIfNeeded: bucket))
        } else {
            if topCount == topCapacity { growTop() }
            top[topCount] = key
            topCount &+= 1
        }
    }

    @inlinable
    @inline(__always)
    mutating func put(_ key: EventKey, _ bucket: Int) {
        let head = heads[bucket]
        let place = Int(truncatingIfNeeded: head) & (1 << Self.chunkShift &- 1)
        var chunk = Int(truncatingIfNeeded: head &>> 32)
        var next = head &+ 1
        if place == 0 {
            let link = UInt32(truncatingIfNeeded: chunk)
            chunk = takeChunk()
            links[chunk] = link
            next = UInt64(truncatingIfNeeded: chunk) &<< 32 | next & 0xffff_ffff
        }
        chunks[chunk &<< Self.chunkShift &+ place] = key
        heads[bucket] = next
        rungCount &+= 1
    }

    @inlinable
    @inline(__always)
    mutating func takeChunk() -> Int {
        if freeChunk != .max {
            let chunk = Int(freeChunk)
            freeChunk = links[chunk]
            return chunk
        }
        if chunksUsed == chunkCapacity { growChunks() }
        chunksUsed &+= 1
        return chunksUsed &- 1
    }

    @inlinable
    @inline(never)
    mutating func growChunks() {
        let wider = max(64, chunkCapacity * 2)
        let newChunks = QueueMemory.allocate(wider << Self.chunkShift, of: EventKey.self)
        newChunks.update(from: chunks, count: chunksUsed << Self.chunkShift)
        chunks.deallocate()
        chunks = newChunks
        let newLinks = QueueMemory.allocate(wider, of: UInt32.self)
        newLinks.update(from: links, count: chunksUsed)
        links.deallocate()
        links = newLinks
        chunkCapacity = wider
    }

    @inlinable
    @inline(never)
    mutating func growTop() {
        let wider = QueueMemory.allocate(topCapacity * 2, of: EventKey.self)
        wider.update(from: top, count: topCount)
        top.deallocate()
        top = wider
        topCapacity *= 2
    }
}
