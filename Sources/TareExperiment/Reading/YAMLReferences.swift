/// Finds YAML anchors (`&name`) and aliases (`*name`) by their place in the text, before anything is composed.
///
/// They are refused and not resolved: a value that is written once and used elsewhere is what `sweep` and the named blocks
/// `guests` and `workloads` are for, and a mistake in it could not be told at the place that the reader looks at. Composing
/// first would also cost time without bound, since aliases of aliases double what they stand for.
struct YAMLReferences {
    /// One anchor or alias.
    struct Reference: Hashable {
        /// Line and column from 1; columns count Unicode scalars, as YAML's own marks do.
        var line: Int
        var column: Int
        /// With its sign.
        var name: String
    }

    private enum Quote { case single, double }

    private(set) var found: [Reference] = []
    private var quote: Quote?
    /// Open `[` and `{`.
    private var depth = 0
    /// Lines indented further than this belong to a block text (`|`, `>`).
    private var block: Int?

    /// Scans a text once.
    ///
    /// - Complexity: O(length).
    init(in text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            scan(Array(line.unicodeScalars), line: index + 1)
        }
    }

    private mutating func scan(_ line: [Unicode.Scalar], line number: Int) {
        let indent = line.prefix { $0 == " " }.count
        if let outer = block, quote == nil {
            if indent > outer || line.allSatisfy({ $0 == " " || $0 == "\r" }) { return }
            block = nil
        }
        /// Whether the next character begins a value or a key.
        var begins = quote == nil
        var index = 0
        while index < line.count {
            let character = line[index]
            let next = index + 1 < line.count ? line[index + 1] : " "
            let isSpaced = next == " " || next == "\t" || next == "\r"
            switch quote {
            case .double?:
                if character == "\\" { index += 1 } else if character == "\"" { quote = nil }
            case .single?:
                guard character == "'" else { break }
                if next == "'" { index += 1 } else { quote = nil }
            case nil:
                if character == "#", index == 0 || line[index - 1] == " " || line[index - 1] == "\t" { return }
                if begins, character == "&" || character == "*", !isSpaced {
                    let name = line[index...].prefix { !" \t\r,[]{}".unicodeScalars.contains($0) }
                    let text = name.reduce(into: "") { $0.unicodeScalars.append($1) }
                    found.append(Reference(line: number, column: index + 1, name: text))
                    index += name.count
                    continue
                }
                if begins, character == "|" || character == ">", depth == 0 {
                    block = indent
                    return
                }
                begins = step(character, isSpaced: isSpaced, begins: begins)
            }
            index += 1
        }
    }

    /// Takes in one character outside of quotes; whether the next one begins a value or a key.
    private mutating func step(_ character: Unicode.Scalar, isSpaced: Bool, begins: Bool) -> Bool {
        switch character {
        case " ", "\t", "\r": return begins
        case "\"" where begins: quote = .double
        case "'" where begins: quote = .single
        case "[" where begins || depth > 0, "{" where begins || depth > 0:
            depth += 1
            return true
        case "]" where depth > 0, "}" where depth > 0: depth -= 1
        case "," where depth > 0: return true
        case ":" where isSpaced, "-" where isSpaced && begins, "?" where isSpaced && begins: return true
        default: break
        }
        return false
    }
}
