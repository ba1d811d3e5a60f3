import TareCore

/// Builds one line of JSON by hand: samples are many, and a general encoder takes twenty times as long.
struct JSONLine {
    private(set) var bytes: [UInt8] = []

    /// Adds text that is JSON already.
    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Adds a fragment that is JSON already.
    mutating func raw(json text: String) { bytes.append(contentsOf: text.utf8) }

    /// Adds a string, quoted.
    mutating func string(_ text: String) {
        bytes.append(34)
        for byte in text.utf8 {
            switch byte {
            case 34, 92:
                bytes.append(92)
                bytes.append(byte)
            case 0..<32:
                let digits = Array("0123456789abcdef".utf8)
                raw("\\u00")
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(34)
    }

    /// Adds a string or `null`.
    mutating func string(orNull text: String?) {
        if let text { string(text) } else { raw("null") }
    }

    /// Adds a finite number so that reading it gives the same bits.
    mutating func number(_ value: Double) {
        precondition(value.isFinite, "a sample's value is finite")
        if value == value.rounded(), abs(value) < 9e15 {
            bytes.append(contentsOf: "\(Int64(value))".utf8)
        } else {
            bytes.append(contentsOf: "\(value)".utf8)
        }
    }

    /// Adds a whole number.
    mutating func number(_ value: Int) { bytes.append(contentsOf: "\(value)".utf8) }

    /// Adds items between brackets, with commas.
    mutating func list<Item>(_ items: some Sequence<Item>, _ body: (inout JSONLine, Item) -> Void) {
        raw("[")
        var first = true
        for item in items {
            if !first { raw(",") }
            first = false
            body(&self, item)
        }
        raw("]")
    }

    /// The line.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
