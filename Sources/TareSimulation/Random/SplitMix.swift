/// The finaliser that turns near seeds into far ones (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators").
enum SplitMix {
    /// `value` with each bit depending on all.
    static func mix(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9e37_79b9_7f4a_7c15
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}
