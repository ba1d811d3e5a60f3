/// Seeds that derive from a scenario's seed: the same for a replication in every cell and on both platforms, so that they
/// share their draws (common random numbers).
public enum ReplicationSeed {
    /// The seed of a replication: output `replication + 1` of SplitMix64 (Steele, Lea and Flood 2014) begun at `seed`.
    ///
    /// - Parameters:
    ///   - seed: the scenario's seed.
    ///   - replication: from 0.
    /// - Returns: 64 bits, of which each depends on both.
    public static func of(_ seed: UInt64, replication: Int) -> UInt64 {
        mix(seed &+ UInt64(bitPattern: Int64(replication) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The seed that shuffles a block; far from those of all replications.
    static func ofBlock(_ seed: UInt64, block: Int) -> UInt64 { of(mix(seed ^ 0x626C_6F63_6B73), replication: block) }

    /// The seed of a warm-up, whose draws no kept replication shares.
    static func ofWarmUp(_ seed: UInt64, replication: Int) -> UInt64 {
        of(mix(seed ^ 0x7761_726D_7570), replication: replication)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var bits = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
