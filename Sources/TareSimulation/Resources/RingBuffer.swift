/// First in, first out, in an array that only grows.
@usableFromInline
@frozen
struct RingBuffer<Element: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline var items: [Element]
    /// One less than the number of items, which is a power of two; `head` and every place are cut to it, so that they are
    /// within the array without a check.
    @usableFromInline var mask: Int
    @usableFromInline var head: Int
    @usableFromInline var count: Int

    @inlinable
    init() {
        items = []
        mask = -1
        head = 0
        count = 0
    }

    @inlinable var first: Element? { count > 0 ? items[head] : nil }

    @inlinable
    @inline(__always)
    mutating func append(_ element: Element) {
        if count > mask { grow(element) }
        let place = (head &+ count) & mask
        items.withUnsafeMutableBufferPointer { $0[place] = element }
        count &+= 1
    }

    @inlinable
    @inline(__always)
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = items.withUnsafeBufferPointer { $0[head] }
        head = (head &+ 1) & mask
        count &-= 1
        return element
    }

    @inlinable
    @inline(never)
    mutating func grow(_ filler: Element) {
        let size = max(16, items.count * 2)
        var wider: [Element] = []
        wider.reserveCapacity(size)
        for offset in 0..<count { wider.append(items[(head + offset) & mask]) }
        while wider.count < size { wider.append(filler) }
        items = wider
        mask = size - 1
        head = 0
    }
}
