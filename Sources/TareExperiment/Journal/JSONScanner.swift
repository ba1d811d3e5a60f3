import TareCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads JSON byte by byte, for the shapes that come by the hundred thousand.
///
/// It knows less than the general decoder and never guesses: whatever it does not know it throws, and its caller then
/// gives the same bytes to the general decoder, whose word counts. So what it reads is what the other would have read,
/// which a property test compares.
struct JSONScanner {
    /// What is not within the scanner's knowledge: perhaps an error, perhaps only rare.
    struct Unknown: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte.
    private(set) var place: Int

    /// Starts at the first byte; `bytes` outlives the scanner.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int = 0) {
        self.bytes = bytes
        self.place = place
    }

    /// The next byte, or zero at the end.
    var peek: UInt8 { place < bytes.count ? bytes[place] : 0 }

    /// The byte at a place inside.
    func byte(_ place: Int) -> UInt8 { bytes[place] }

    /// Steps over one byte, which `peek` has shown.
    mutating func step() { place += 1 }

    /// What the library reads from `start`, where a number with a delimiter behind it stands.
    func library(from start: Int) -> Double {
        guard let base = bytes.baseAddress else { return .nan }
        return UnsafeRawPointer(base + start).withMemoryRebound(to: CChar.self, capacity: 1) { strtod($0, nil) }
    }

    /// The next byte that is no white space, or zero at the end.
    mutating func next() -> UInt8 {
        while place < bytes.count {
            let byte = bytes[place]
            if byte > 32 { return byte }
            guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return byte }
            place += 1
        }
        return 0
    }

    /// Steps over `byte`, after white space.
    mutating func expect(_ byte: UInt8) throws(Unknown) {
        guard next() == byte, place < bytes.count else { throw Unknown() }
        place += 1
    }

    /// Steps over `byte` where it is next.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next() == byte, place < bytes.count else { return false }
        place += 1
        return true
    }

    /// Steps over the key `name` and its colon.
    mutating func expect(key name: StaticString) throws(Unknown) {
        let key = try string()
        guard !key.isEscaped, holds(key.range, name) else { throw Unknown() }
        try expect(UInt8(ascii: ":"))
    }

    /// Steps over the word `null` where it is next.
    mutating func skipNull() throws(Unknown) -> Bool {
        guard next() == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    /// Reads `true` or `false`.
    mutating func truth() throws(Unknown) -> Bool {
        let isTrue = next() == UInt8(ascii: "t")
        try word(isTrue ? "true" : "false")
        return isTrue
    }

    private mutating func word(_ text: StaticString) throws(Unknown) {
        let end = place + text.utf8CodeUnitCount
        guard end < bytes.count, holds(place..<end, text) else { throw Unknown() }
        place = end
    }

    /// Whether the bytes of `range` are `text`.
    func holds(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount && equal(range, text.utf8Start)
    }

    /// Whether two ranges hold the same bytes.
    func same(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        guard first.count == second.count, let start = bytes.baseAddress else { return false }
        return equal(first, start + second.lowerBound)
    }

    private func equal(_ range: Range<Int>, _ other: UnsafePointer<UInt8>) -> Bool {
        guard let start = bytes.baseAddress else { return range.isEmpty }
        return memcmp(start + range.lowerBound, other, range.count) == 0
    }

    /// A number that is cheap to make and tells most words apart.
    func mark(_ range: Range<Int>) -> Int {
        guard let first = range.first, let last = range.last else { return 0 }
        let middle = bytes[first + range.count / 2]
        let late = bytes[max(first, last - 1)]
        return range.count &* 31 &+ Int(bytes[first]) &* 7 &+ Int(middle) &* 131 &+ Int(late) &* 10 &+ Int(bytes[last])
    }

    /// Reads a string.
    ///
    /// - Returns: the place of what is between the quotes, and whether anything there is escaped.
    mutating func string() throws(Unknown) -> (range: Range<Int>, isEscaped: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = place
        var isEscaped = false
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") {
                place += 1
                return (start..<place - 1, isEscaped)
            }
            guard byte >= 32 else { throw Unknown() }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                place += 1
            }
            place += 1
        }
        throw Unknown()
    }

    /// The text of a string that `string()` found.
    func text(_ found: (range: Range<Int>, isEscaped: Bool)) throws(Unknown) -> String {
        let part = UnsafeBufferPointer(rebasing: bytes[found.range])
        let text = found.isEscaped ? try unescaped(part) : String(validating: part, as: UTF8.self)
        guard let text else { throw Unknown() }
        return text
    }

    private func unescaped(_ part: UnsafeBufferPointer<UInt8>) throws(Unknown) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(part.count)
        var index = 0
        while index < part.count {
            let byte = part[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            guard index < part.count else { throw Unknown() }
            switch part[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain.append(part[index])
            case UInt8(ascii: "n"): plain.append(10)
            case UInt8(ascii: "t"): plain.append(9)
            case UInt8(ascii: "r"): plain.append(13)
            case UInt8(ascii: "u"):
                // Only what the writer escapes so; the rest has surrogates and other rules.
                guard index + 4 < part.count, part[index + 1] == 48, part[index + 2] == 48,
                    let code = UInt8(String(decoding: part[index + 3...index + 4], as: UTF8.self), radix: 16), code < 32
                else { throw Unknown() }
                plain.append(code)
                index += 4
            default: throw Unknown()
            }
            index += 1
        }
        return String(validating: plain, as: UTF8.self)
    }

    /// Steps over a value of any kind, whose inside is not looked at closely.
    mutating func skipValue() throws(Unknown) {
        var depth = 0
        repeat {
            switch next() {
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { throw Unknown() }
                place += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw Unknown() }
                place += 1
            case 33...: try skipWord()
            default: throw Unknown()
            }
        } while depth > 0
    }

    /// Steps over a number or one of JSON's words.
    private mutating func skipWord() throws(Unknown) {
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case 48...57, 97...122, UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                place += 1
            default:
                guard place > start else { throw Unknown() }
                return
            }
        }
        throw Unknown()
    }
}
