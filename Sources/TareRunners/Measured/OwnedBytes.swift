import TareCore

/// Bytes by owner, whose sum is the whole by construction.
struct OwnedBytes: Sendable, Hashable {
    private(set) var parts: [Owner: Double] = [:]

    /// The whole.
    var whole: Double { parts.values.reduce(0, +) }

    /// Adds bytes of one owner.
    mutating func add(_ bytes: Double, _ owner: Owner) {
        if bytes != 0 { parts[owner, default: 0] += bytes }
    }

    /// Adds a sum, split in the proportions of `shares`; all of it to `fallback` where those are empty.
    mutating func add(_ bytes: Double, in shares: OwnedBytes, otherwise fallback: Owner) {
        let sum = shares.whole
        guard sum > 0 else { return add(bytes, fallback) }
        for (owner, part) in shares.parts { add(bytes * part / sum, owner) }
    }

    /// The sum of two.
    static func + (left: OwnedBytes, right: OwnedBytes) -> OwnedBytes {
        var sum = left
        for (owner, bytes) in right.parts { sum.add(bytes, owner) }
        return sum
    }

    /// Each part times a factor.
    static func * (left: OwnedBytes, factor: Double) -> OwnedBytes {
        var product = OwnedBytes()
        for (owner, bytes) in left.parts { product.add(bytes * factor, owner) }
        return product
    }
}
