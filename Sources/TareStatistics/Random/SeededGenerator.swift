/// A deterministic generator: the same seed gives the same draws on every machine.
///
/// xoshiro256** (Blackman & Vigna 2018), its state filled by SplitMix64. For resampling and tests; not for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Makes a generator from a seed; equal seeds give equal streams.
    public init(seed: UInt64) {
        var mixer = seed
        func next() -> UInt64 {
            mixer &+= 0x9e37_79b9_7f4a_7c15
            var z = mixer
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
        state = (next(), next(), next(), next())
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let scrambled = state.1 &* 5
        let result = ((scrambled << 7) | (scrambled >> 57)) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// A number of at least 0 and below 1, with 53 random bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An index of at least 0 and below `count`, without bias beyond 2^-64 a value.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "an index needs something to point into")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// A standard normal draw, by inversion: one draw a value, so that streams stay aligned.
    public mutating func normal() -> Double { NormalDistribution.quantile(max(unit(), 0x1p-54)) }
}
