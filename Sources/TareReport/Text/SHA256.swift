/// SHA-256 (FIPS 180-4) of a short text, for the hashes of a page's content policy.
///
/// Written here so that the report needs no C library: it hashes some 20 KB, once a page.
enum SHA256 {
    private static let roundConstants: [UInt32] = primes(64).map { fraction(cubeRootOf: $0) }

    /// The 32 bytes of the digest of `bytes`.
    static func digest(of bytes: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        var message = bytes + [0x80]
        while message.count % 64 != 56 { message.append(0) }
        let bits = UInt64(bytes.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) { message.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        for start in stride(from: 0, to: message.count, by: 64) { mix(message[start..<start + 64], into: &state) }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words: [UInt32] = []
        words.reserveCapacity(64)
        for start in stride(from: block.startIndex, to: block.endIndex, by: 4) {
            words.append(block[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        for index in 16..<64 {
            let a = words[index - 15]
            let b = words[index - 2]
            let low = right(a, 7) ^ right(a, 18) ^ (a >> 3)
            let high = right(b, 17) ^ right(b, 19) ^ (b >> 10)
            words.append(words[index - 16] &+ low &+ words[index - 7] &+ high)
        }
        var s = state
        for index in 0..<64 {
            let choice = (s[4] & s[5]) ^ (~s[4] & s[6])
            let sum = right(s[4], 6) ^ right(s[4], 11) ^ right(s[4], 25)
            let first = s[7] &+ sum &+ choice &+ roundConstants[index] &+ words[index]
            let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
            let second = (right(s[0], 2) ^ right(s[0], 13) ^ right(s[0], 22)) &+ majority
            s = [first &+ second, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
        }
        for index in 0..<8 { state[index] = state[index] &+ s[index] }
    }

    private static func right(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    private static func primes(_ count: Int) -> [UInt64] {
        var found: [UInt64] = []
        var candidate: UInt64 = 2
        while found.count < count {
            if !found.contains(where: { candidate % $0 == 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// The first 32 bits of the fraction of the cube root, by bisection on integers: exact.
    private static func fraction(cubeRootOf prime: UInt64) -> UInt32 {
        var low: UInt64 = 0
        var high: UInt64 = 8 << 32
        while high - low > 1 {
            let middle = (low + high) / 2
            let square = middle.multipliedFullWidth(by: middle)
            // middle has 32 fraction bits: middle^3 has 96, so compare with prime << 96.
            let lowProduct = square.low.multipliedFullWidth(by: middle)
            let top = square.high * middle + lowProduct.high
            if top < prime << 32 { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }
}
