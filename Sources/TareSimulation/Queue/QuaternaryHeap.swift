import CTareLinux

/// The moves of an implicit 4-ary heap of event keys on memory that somebody else owns.
///
/// The children of entry `i` are `4i + 1 ... 4i + 4`. Every entry at or after `count` holds the largest key, so that a
/// group of four is always compared whole, without a branch on where the heap ends: the owner keeps three such entries
/// after the last.
@usableFromInline
enum QuaternaryHeap {
    /// From here on the heap no longer fits the near caches and asking for grandchildren early pays.
    @inlinable static var prefetchFrom: Int { 4096 }

    /// Puts `key` at the root, whose old key is void, and lets it sink.
    ///
    /// - Complexity: O(log4 count).
    @inlinable
    @inline(__always)
    static func replaceTop(_ keys: UnsafeMutablePointer<EventKey>, count: Int, with key: EventKey) {
        sink(keys, from: 0, count: count, key)
    }

    /// Puts `key` into the void entry `from` and lets it sink.
    @inlinable
    @inline(__always)
    static func sink(_ keys: UnsafeMutablePointer<EventKey>, from: Int, count: Int, _ key: EventKey) {
        var hole = from
        var base = 4 &* hole &+ 1
        while base < count {
            if count >= prefetchFrom {
                // Grandchildren are 16 keys in a row: four lines, of which one is needed two steps from now.
                let grand = 4 &* base &+ 1
                if grand < count {
                    tare_prefetch(keys + grand)
                    tare_prefetch(keys + (grand &+ 4))
                    tare_prefetch(keys + (grand &+ 8))
                    tare_prefetch(keys + (grand &+ 12))
                }
            }
            let first = keys[base]
            let second = keys[base &+ 1]
            let third = keys[base &+ 2]
            let fourth = keys[base &+ 3]
            let left = second < first
            let right = fourth < third
            let leftKey = left ? second : first
            let rightKey = right ? fourth : third
            let leftIndex = left ? base &+ 1 : base
            let rightIndex = right ? base &+ 3 : base &+ 2
            let takeRight = rightKey < leftKey
            let least = takeRight ? rightKey : leftKey
            if least > key { break }
            keys[hole] = least
            hole = takeRight ? rightIndex : leftIndex
            base = 4 &* hole &+ 1
        }
        keys[hole] = key
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
        keys[left] = .max
        if left > 0 { sink(keys, from: 0, count: left, last) }
        return left
    }

    /// Makes a heap of `count` keys in any order.
    ///
    /// - Complexity: O(count).
    @inlinable
    static func build(_ keys: UnsafeMutablePointer<EventKey>, count: Int) {
        guard count > 1 else { return }
        var index = (count - 2) / 4
        while index >= 0 {
            sink(keys, from: index, count: count, keys[index])
            index -= 1
        }
    }
}
