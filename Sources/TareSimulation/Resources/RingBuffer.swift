/// First in, first out, in an array that only grows.
@usableFromInline
@frozen
struct RingBuffer<Element: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline var items: [Element]
    @usableFromInline var head: Int
    @usableFromInline var count: Int

    @inlinable
    init() {
        items = []
        head = 0
        count = 0
    }

    @inlinable var first: Element? { count > 0 ? items[head] : nil }

    @inlinable
    @inline(__always)
    mutating func append(_ element: Element) {
        if count == items.count { grow(element) }
        // A power of two.
        items[(head &+ count) & (items.count &- 1)] = element
        count &+= 1
    }

    @inlinable
    @inline(__always)
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = items[head]
        head = (head &+ 1) & (items.count &- 1)
        count &-= 1
        return element
    }

    @inlinable
    @inline(never)
    mutating func grow(_ filler: Element) {
        let size = max(16, items.count * 2)
        var wider: [Element] = []
        wider.reserveCapacity(size)
        for offset in 0..<count { wider.append(items[(head + offset) & (items.count - 1)]) }
        while wider.count < size { wider.append(filler) }
        items = wider
        head = 0
    }
}
