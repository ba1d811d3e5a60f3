import CTareLinux

/// The moves of an implicit 4-ary heap of event keys on memory that somebody else owns.
///
/// The children of entry `i` are `4i + 1 ... 4i + 4`. Every entry at or after `count` holds the largest key, so that a
/// group of four is always compared whole, without a branch on where the heap ends: the owner keeps three such entries
/// after the last.
@usableFromInline
enum QuaternaryHeap {
    /// From here on the heap no longer fits the near caches and asking for grandchildren early pays.
    @inlinable static var prefetchFrom: Int { 8192 }

    /// Puts `key` at the root, whose old key is void, and lets it sink.
    ///
    /// - Complexity: O(log4 count).
    @inlinable
    @inline(__always)
    static func replaceTop(_ keys: UnsafeMutablePointer<EventKey>, count: Int, with key: EventKey) {
        if count < 3 {
            // One other at most, as in a model of one queue; with none, the second entry is the largest key.
            let other = keys[1]
            let isLess = other < key
            keys[0] = isLess ? other : key
            keys[1] = isLess ? key : other
        } else if count >= prefetchFrom {
            sinkFar(keys, count: count, key)
        } else {
            sink(keys, from: 0, count: count, key, prefetching: false)
        }
    }

    /// Sinks from the root of a heap that is larger than the near caches.
    @inlinable
    @inline(never)
    static func sinkFar(_ keys: UnsafeMutablePointer<EventKey>, count: Int, _ key: EventKey) {
        sink(keys, from: 0, count: count, key, prefetching: true)
    }

    /// Puts `key` into the void entry `from` and lets it sink.
    @inlinable
    @inline(__always)
    static func sink(
        _ keys: UnsafeMutablePointer<EventKey>,
        from: Int,
        count: Int,
        _ key: EventKey,
        prefetching: Bool
    ) {
        var hole = keys + from
        var base = 4 &* from &+ 1
        while base < count {
            let group = keys + base
            if prefetching {
                // Grandchildren are 16 keys in a row: four lines, of which one is needed two steps from now.
                let grand = 4 &* base &+ 1
                if grand < count {
                    tare_prefetch(keys + grand)
                    tare_prefetch(keys + (grand &+ 4))
                    tare_prefetch(keys + (grand &+ 8))
                    tare_prefetch(keys + (grand &+ 12))
                }
            }
            // Which of four is least, as sums of comparisons: a branch here would be mispredicted every other time.
            let left = below(group[1], group[0])
            let right = 2 &+ below(group[3], group[2])
            let takeRight = below(group[right], group[left])
            let least = left &+ (right &- left) &* takeRight
            let candidate = group[least]
            if key < candidate { break }
            hole.pointee = candidate
            hole = group + least
            base = 4 &* (base &+ least) &+ 1
        }
        hole.pointee = key
    }

    /// One where `first` is less than `second`, otherwise zero.
    @inlinable
    @inline(__always)
    static func below(_ first: EventKey, _ second: EventKey) -> Int {
        Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: (first &- second) &>> 127) & 1)
    }

    /// Puts `key` into the void entry `from` and lets it rise.
    @inlinable
    @inline(__always)
    static func rise(_ keys: UnsafeMutablePointer<EventKey>, from: Int, _ key: EventKey) {
        var hole = from
        while hole > 0 {
            let parent = (hole &- 1) &>> 2
            let above = keys[parent]
            if above < key { break }
            keys[hole] = above
            hole = parent
        }
        keys[hole] = key
    }

    /// Takes the last key off and puts it to the root, whose old key is void.
    ///
    /// - Returns: how many keys are left.
    @inlinable
    @inline(__always)
    static func dropTop(_ keys: UnsafeMutablePointer<EventKey>, count: Int) -> Int {
        let left = count &- 1
        let last = keys[left]
        keys[left] = KeyLayout.last
        if left > 0 { replaceTop(keys, count: left, with: last) }
        return left
    }

    /// Makes a heap of `count` keys in any order.
    ///
    /// - Complexity: O(count).
    @inlinable
    static func build(_ keys: UnsafeMutablePointer<EventKey>, count: Int) {
        guard count > 1 else { return }
        var index = (count &- 2) / 4
        while index >= 0 {
            sink(keys, from: index, count: count, keys[index], prefetching: false)
            index &-= 1
        }
    }
}
