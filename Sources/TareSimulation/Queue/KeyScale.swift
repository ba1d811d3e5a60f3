import CTareLinux

/// Where the upper half of a key lies on a line that a ladder can cut into buckets of one width.
@usableFromInline
protocol KeyScale {
    /// The place of an upper half: never falls where the upper half rises, and at most 2^63 - 1.
    static func position(_ high: UInt64) -> UInt64
}

/// Keys of times in nanoseconds: the line itself.
@usableFromInline
@frozen
enum TimeScale: KeyScale {
    @inlinable
    @inline(__always)
    static func position(_ high: UInt64) -> UInt64 { high }
}

/// Keys of virtual times, whose upper half is the bits of a number: its whole part.
///
/// The bits themselves rise by the logarithm; buckets that are even there would hold next to nothing at first and nearly
/// all in the end.
@usableFromInline
@frozen
enum TagScale: KeyScale {
    @inlinable
    @inline(__always)
    static func position(_ high: UInt64) -> UInt64 {
        let tag = Double(bitPattern: high)
        return UInt64(bitPattern: tare_truncate(tag < 0x1p62 ? tag : 0x1p62))
    }
}
