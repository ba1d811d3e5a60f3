/// One stream of random numbers: xoroshiro128++ (Blackman and Vigna 2019), 16 bytes of state, period 2^128 - 1.
///
/// A value: a copy draws the same numbers again.
@frozen
public struct RandomStream: RandomNumberGenerator, Hashable, Sendable, BitwiseCopyable {
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64

    /// The stream of `seed`; two near seeds give unrelated streams.
    public init(seed: UInt64) {
        low = SplitMix.mix(seed)
        high = SplitMix.mix(low)
        // All zeros is the one state that the generator never leaves.
        if low | high == 0 { high = 1 }
    }

    /// 64 random bits.
    @inlinable
    @inline(__always)
    public mutating func next() -> UInt64 {
        let first = low
        var second = high
        let sum = first &+ second
        let result = (sum &<< 17 | sum &>> 47) &+ first
        second ^= first
        low = (first &<< 49 | first &>> 15) ^ second ^ (second &<< 21)
        high = second &<< 28 | second &>> 36
        return result
    }

    /// Uniform on 0 (included) to 1 (excluded), 53 bits.
    @inlinable
    @inline(__always)
    public mutating func uniform() -> Double {
        // Signed, because the processor converts signed numbers in one instruction.
        Double(Int64(bitPattern: next() &>> 11)) * 0x1p-53
    }
}
