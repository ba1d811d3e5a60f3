#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension JSONScanner {
    /// Powers of ten that a `Double` holds exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]

    /// Reads a whole number of at most 18 digits, without fraction or exponent.
    mutating func whole() throws(Unknown) -> Int {
        let parts = try numberParts()
        guard parts.isWhole, parts.digits <= 18 else { throw Unknown() }
        let value = Int(truncatingIfNeeded: parts.mantissa)
        return parts.isNegative ? -value : value
    }

    /// Reads a number: the nearest `Double`.
    ///
    /// A mantissa below 2^53 times or over a power of ten up to 22 is one operation on exact numbers, so its result is
    /// the nearest (Clinger 1990); all others go through the library.
    mutating func number() throws(Unknown) -> Double {
        _ = next()
        let start = place
        let parts = try numberParts()
        if parts.digits <= 19, parts.mantissa < 1 << 53, abs(parts.exponent) <= 22 {
            let exact = Double(parts.mantissa)
            let power = Self.powers[abs(parts.exponent)]
            let value = parts.exponent < 0 ? exact / power : exact * power
            return parts.isNegative ? -value : value
        }
        // A delimiter follows, so the library's reading ends where ours did.
        let value = library(from: start)
        // What overflows or underflows is the general decoder's to judge.
        guard value.isNormal else { throw Unknown() }
        return value
    }

    /// A number's digits as one whole number, and the power of ten that belongs to it.
    private struct Parts {
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        var isNegative = false
        var isWhole = true
    }

    /// Steps over a number that JSON's grammar allows and that something follows.
    private mutating func numberParts() throws(Unknown) -> Parts {
        var parts = Parts()
        parts.isNegative = skip(UInt8(ascii: "-"))
        let first = peek
        let whole = digits(into: &parts)
        guard whole > 0, whole == 1 || first != 48 else { throw Unknown() }
        if peek == UInt8(ascii: ".") {
            step()
            let fraction = digits(into: &parts)
            guard fraction > 0 else { throw Unknown() }
            parts.exponent -= fraction
            parts.isWhole = false
        }
        if peek | 32 == UInt8(ascii: "e") {
            step()
            parts.isWhole = false
            let isNegative = peek == UInt8(ascii: "-")
            if isNegative || peek == UInt8(ascii: "+") { step() }
            var power = Parts()
            let count = digits(into: &power)
            guard count > 0, count <= 4 else { throw Unknown() }
            parts.exponent += isNegative ? -Int(power.mantissa) : Int(power.mantissa)
        }
        switch peek {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 32, 10, 13, 9: return parts
        default: throw Unknown()
        }
    }

    /// Steps over digits.
    ///
    /// - Returns: how many there were.
    private mutating func digits(into parts: inout Parts) -> Int {
        var count = 0
        while peek >= 48, peek <= 57 {
            let digit = UInt64(peek) - 48
            parts.mantissa = parts.mantissa &* 10 &+ digit
            // Leading zeros say nothing.
            if parts.digits > 0 || digit > 0 { parts.digits += 1 }
            count += 1
            step()
        }
        return count
    }
}
