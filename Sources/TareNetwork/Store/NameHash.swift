/// Short names for links and tables out of long ones: FNV-1a of 64 bits (Fowler, Noll and Vo), the same on every run.
enum NameHash {
    static func hex(_ text: String, digits: Int) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        // The high half of FNV mixes less than the low one.
        hash ^= hash >> 32
        let text = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16) + text).suffix(digits))
    }
}
