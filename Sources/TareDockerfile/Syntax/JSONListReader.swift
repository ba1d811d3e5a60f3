/// Goes through the scalars of JSON.
struct JSONListReader {
    let scalars: ArraySlice<Unicode.Scalar>
    var index: Int

    var peek: Unicode.Scalar? { index < scalars.endIndex ? scalars[index] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        index += 1
        return true
    }

    mutating func skipSpaces() {
        while let scalar = peek, scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n" { index += 1 }
    }

    /// A string at its opening quote; `nil` where it is not valid.
    mutating func string() -> String? {
        guard take("\"") else { return nil }
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            index += 1
            switch scalar {
            case "\"": return String(text)
            case "\\":
                guard let escaped = escape() else { return nil }
                text.append(escaped)
            case _ where scalar.value < 0x20: return nil
            default: text.append(scalar)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        index += 1
        switch scalar {
        case "\"", "\\", "/": return scalar
        case "b": return "\u{08}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            guard let first = hexadecimal() else { return nil }
            guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
            let before = index
            if take("\\"), take("u"), let second = hexadecimal(), (0xDC00..<0xE000).contains(second) {
                return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            }
            index = before
            return "\u{FFFD}"
        default: return nil
        }
    }

    private mutating func hexadecimal() -> UInt32? {
        guard index + 4 <= scalars.endIndex else { return nil }
        let digits = scalars[index..<(index + 4)]
        guard digits.allSatisfy({ $0.isASCII && $0.properties.isHexDigit }) else { return nil }
        index += 4
        return UInt32(digits.text, radix: 16)
    }

    /// Skips any value but notes whether it is one.
    mutating func skipValue(depth: Int) -> Bool {
        guard depth < 64, let first = peek else { return false }
        switch first {
        case "\"": return string() != nil
        case "[", "{":
            index += 1
            let close: Unicode.Scalar = first == "[" ? "]" : "}"
            skipSpaces()
            if take(close) { return true }
            repeat {
                skipSpaces()
                if first == "{" {
                    guard string() != nil else { return false }
                    skipSpaces()
                    guard take(":") else { return false }
                    skipSpaces()
                }
                guard skipValue(depth: depth + 1) else { return false }
                skipSpaces()
            } while take(",")
            return take(close)
        default:
            let start = index
            while let scalar = peek, scalar.isWordLetter || "+-.".unicodeScalars.contains(scalar) { index += 1 }
            let word = scalars[start..<index].text
            return ["true", "false", "null"].contains(word) || Self.isNumber(word)
        }
    }

    /// A number of JSON: no leading zero or plus, a digit on both sides of the point.
    private static func isNumber(_ word: String) -> Bool {
        var rest = word[...]
        func digits() -> Int {
            let count = rest.prefix { ("0"..."9").contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == "-" { rest = rest.dropFirst() }
        let isZero = rest.first == "0"
        let whole = digits()
        guard whole > 0, !isZero || whole == 1 else { return false }
        if rest.first == "." {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if rest.first == "e" || rest.first == "E" {
            rest = rest.dropFirst()
            if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
