import TareCore

/// The records of an extended header: `<length> <key>=<value>\n`, values being any bytes.
struct PaxRecords {
    var values: [String: [UInt8]] = [:]
    /// GNU's first form of sparse files repeats these two keys.
    var stretchNumbers: [Int64] = []

    /// Reads records; `nil` where they are no such thing.
    static func parse(_ bytes: [UInt8]) -> PaxRecords? {
        var records = PaxRecords()
        var start = 0
        while start < bytes.count {
            if bytes[start] == 0 { break }
            guard let space = bytes[start...].prefix(20).firstIndex(of: 32),
                let length = Int(String(decoding: bytes[start..<space], as: UTF8.self)), length > space - start + 1,
                length <= bytes.count - start, bytes[start + length - 1] == 10
            else { return nil }
            let record = bytes[(space + 1)..<(start + length - 1)]
            guard let equals = record.firstIndex(of: 61), equals > record.startIndex else { return nil }
            let key = String(decoding: record[..<equals], as: UTF8.self)
            let value = Array(record[(equals + 1)...])
            if key == "GNU.sparse.offset" || key == "GNU.sparse.numbytes" {
                guard let number = number(value) else { return nil }
                records.stretchNumbers.append(number)
            } else {
                records.values[key] = value
            }
            start += length
        }
        return records
    }

    /// A whole number of 0 or more.
    static func number(_ value: some Sequence<UInt8>) -> Int64? {
        guard let number = Int64(String(decoding: Array(value), as: UTF8.self)), number >= 0 else { return nil }
        return number
    }

    /// A time: `1700000000.123456789`, with any number of digits, negative before 1970.
    static func time(_ value: [UInt8]) -> TarEntry.Time? {
        let isNegative = value.first == 45
        let parts = value.dropFirst(isNegative ? 1 : 0).split(
            separator: 46, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, let seconds = number(whole) else { return nil }
        var nanoseconds: Int32 = 0
        if parts.count == 2 {
            var digits = Array(parts[1].prefix(9))
            guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
            while digits.count < 9 { digits.append(48) }
            nanoseconds = digits.reduce(0) { $0 * 10 + Int32($1 - 48) }
        }
        guard isNegative else { return TarEntry.Time(seconds: seconds, nanoseconds: nanoseconds) }
        return nanoseconds == 0
            ? TarEntry.Time(seconds: -seconds)
            : TarEntry.Time(seconds: -seconds - 1, nanoseconds: 1_000_000_000 - nanoseconds)
    }

    static let attributePrefix = "SCHILY.xattr."
    static let encodedPrefix = "LIBARCHIVE.xattr."

    /// The extended attributes, sorted by name.
    ///
    /// libarchive writes each twice; the plain form wins.
    var attributes: [TarEntry.Attribute] {
        var found: [String: [UInt8]] = [:]
        for (key, value) in values {
            if key.hasPrefix(Self.attributePrefix) {
                found[String(key.dropFirst(Self.attributePrefix.count))] = value
            } else if key.hasPrefix(Self.encodedPrefix) {
                let name = Self.unescaped(String(key.dropFirst(Self.encodedPrefix.count)))
                if values[Self.attributePrefix + name] == nil, let decoded = Self.base64(value) {
                    found[name] = decoded
                }
            }
        }
        return found.map { TarEntry.Attribute(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    private static func unescaped(_ name: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 37, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func base64(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text where byte != 61 && byte != 10 {
            let digit: UInt8
            switch byte {
            case 65...90: digit = byte - 65
            case 97...122: digit = byte - 71
            case 48...57: digit = byte + 4
            case 43: digit = 62
            case 47: digit = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
