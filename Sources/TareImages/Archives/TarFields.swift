import TareCore

/// The fields of a 512-byte header.
struct TarFields {
    static let blockSize = 512

    let block: UnsafeRawBufferPointer

    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { Array(block[range])[...] }

    /// Text up to the first zero byte.
    func text(_ start: Int, _ length: Int) -> [UInt8] {
        var count = 0
        while count < length, block[start + count] != 0 { count += 1 }
        return Array(block[start..<start + count])
    }

    /// A number in octal digits, or in binary where the first bit is set; `nil` where it is neither.
    func number(_ start: Int, _ length: Int) -> Int64? {
        if block[start] & 0x80 != 0 {
            // Two's complement of 8 * length - 1 bits.
            let isNegative = block[start] & 0x40 != 0
            var value: Int64 = isNegative ? -1 : 0
            for place in 0..<length {
                let byte = place == 0 ? (block[start] & 0x7f) | (isNegative ? 0x80 : 0) : block[start + place]
                guard (value << 8) >> 8 == value else { return nil }
                value = value << 8 | Int64(byte)
            }
            return value
        }
        var value: Int64 = 0
        var place = start
        let end = start + length
        while place < end, block[place] == 32 || block[place] == 0 { place += 1 }
        while place < end, block[place] != 32, block[place] != 0 {
            guard (48...55).contains(block[place]), value >> 60 == 0 else { return nil }
            value = value << 3 | Int64(block[place] - 48)
            place += 1
        }
        return value
    }

    var isZero: Bool {
        for place in stride(from: 0, to: Self.blockSize, by: 8)
        where block.loadUnaligned(fromByteOffset: place, as: UInt64.self) != 0 { return false }
        return true
    }

    /// Whether the sum over the header is the one that it says; some old writers summed signed bytes.
    var isSummed: Bool {
        guard let wanted = number(148, 8) else { return false }
        var unsigned: Int64 = 0
        var signed: Int64 = 0
        for place in 0..<Self.blockSize {
            let byte = (148..<156).contains(place) ? 32 : block[place]
            unsigned += Int64(byte)
            signed += Int64(Int8(bitPattern: byte))
        }
        return wanted == unsigned || wanted == signed
    }

    var type: UInt8 { block[156] }
    /// Whether the prefix field is a path's beginning.
    ///
    /// `ustar` is followed by zero. GNU writes spaces.
    var hasPrefix: Bool { bytes(257..<263).elementsEqual([117, 115, 116, 97, 114, 0]) }
    var isGNU: Bool { bytes(257..<265).elementsEqual([117, 115, 116, 97, 114, 32, 32, 0]) }
}
