import Glibc

/// An sRGB colour of eight bits a channel, and the contrast that WCAG 2 defines between two of them.
struct Colour: Hashable, Sendable, CustomStringConvertible {
    /// `0xRRGGBB`.
    let value: UInt32

    /// `#RRGGBB`.
    var description: String {
        let digits = Array("0123456789ABCDEF")
        return "#" + String((0..<6).reversed().map { digits[Int(value >> (4 * UInt32($0)) & 15)] })
    }

    /// WCAG 2.2 relative luminance, 0 for black to 1 for white.
    var luminance: Double {
        func linear(_ shift: UInt32) -> Double {
            let channel = Double(value >> shift & 255) / 255
            return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    }

    /// The contrast ratio of two colours, 1 to 21.
    static func contrast(_ left: Colour, _ right: Colour) -> Double {
        let a = left.luminance
        let b = right.luminance
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// Black or white, whichever reads better on this colour.
    var ink: Colour {
        let black = Colour(value: 0)
        let white = Colour(value: 0xFFFFFF)
        return Colour.contrast(self, black) >= Colour.contrast(self, white) ? black : white
    }
}
