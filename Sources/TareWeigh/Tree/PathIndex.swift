import Glibc

/// Finds an entry by its path: an open table over the entries, without a copy of the paths.
///
/// The seed differs from one process to the next, so that no image can name paths that all fall into one slot; nothing
/// that is reported depends on it.
struct PathIndex: Sendable {
    private let nodes: [FileNode]
    /// The entry's place plus one, 0 where it is free; there are at least twice as many slots as entries.
    private var slots: [UInt32]

    private static let seed = UInt64.random(in: .min ... .max)

    /// Takes entries; of two with one path the later is found.
    init(_ nodes: [FileNode]) {
        self.nodes = nodes
        var size = 16
        while size < nodes.count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        for place in nodes.indices {
            let slot = slot(of: nodes[place].path)
            slots[slot] = UInt32(place + 1)
        }
    }

    /// The place of the entry at `path`; O(length of the path).
    subscript(path: String) -> Int? {
        let found = slots[slot(of: path)]
        return found == 0 ? nil : Int(found) - 1
    }

    /// The slot that holds the path, or the free one where it would be.
    private func slot(of path: String) -> Int {
        var slot = Int(truncatingIfNeeded: Self.hash(path)) & (slots.count - 1)
        while slots[slot] != 0, !Self.isSame(nodes[Int(slots[slot]) - 1].path, path) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// By bytes: to Unicode two spellings of an accented letter are one text, to a file system they are two names.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard left.count == right.count, let one = left.baseAddress, let other = right.baseAddress else {
                    return left.count == right.count
                }
                return memcmp(one, other, left.count) == 0
            }
        }
    }

    private static func hash(_ path: String) -> UInt64 {
        var path = path
        return path.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var hash = seed ^ UInt64(raw.count)
            var at = 0
            while at + 8 <= raw.count {
                hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at += 8
            }
            var rest: UInt64 = 0
            while at < raw.count {
                rest = rest << 8 | UInt64(raw[at])
                at += 1
            }
            return mixed(hash ^ rest)
        }
    }

    /// Both halves of the product with the golden ratio's fraction, so that every bit moves every other.
    private static func mixed(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return high ^ low
    }
}
