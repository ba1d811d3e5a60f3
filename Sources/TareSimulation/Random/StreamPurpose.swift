/// What an entity draws random numbers for; the name is part of a stream's seed.
public struct StreamPurpose: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name as a number (64-bit FNV-1a, then mixed).
    public let code: UInt64

    /// A purpose of that name.
    public init(_ name: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        code = SplitMix.mix(hash)
    }

    /// A purpose of that name.
    public init(stringLiteral name: String) { self.init(name) }
}
