/// Text made safe for HTML, SVG and Markdown.
enum Markup {
    /// `text` as it may stand inside an element or a quoted attribute of HTML or SVG.
    ///
    /// Control characters other than tab and newline become U+FFFD: they are not allowed in XML.
    static func escape(_ text: String) -> String {
        let special: (UInt8) -> Bool = { byte in
            byte == 38 || byte == 60 || byte == 62 || byte == 34 || byte == 39 || byte < 32 && byte != 10 && byte != 9
        }
        guard text.utf8.contains(where: special) else { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "<"): out += "&lt;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            case UInt8(ascii: "\""): out += "&quot;".utf8
            case UInt8(ascii: "'"): out += "&#39;".utf8
            case 10, 9: out.append(byte)
            case 0..<32: out += "\u{FFFD}".utf8
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `text` as it may stand inside an HTML element, quotes left as they are: for long data.
    static func content(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// `text` as it may stand in one cell of a Markdown table.
    static func markdownCell(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "|", "\\", "`", "*", "_", "[", "]", "<", ">", "#": out += "\\\(character)"
            case "\n", "\r", "\r\n": out += " "
            default: out.append(character)
            }
        }
        return out
    }

    /// A word fit for an `id`: letters, digits and `-`.
    static func identifier(_ text: String) -> String {
        var out = ""
        for character in text.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                out.append(character)
            } else if !out.isEmpty, out.last != "-" {
                out.append("-")
            }
        }
        return out.last == "-" ? String(out.dropLast()) : out
    }
}
