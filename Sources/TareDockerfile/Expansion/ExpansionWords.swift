/// Gathers a word and, beside it, the words that it falls into.
struct ExpansionWords {
    private var word = String.UnicodeScalarView()
    private var words: [String] = []
    private var isOpen = false

    /// A scalar that ends a word where it is a space.
    mutating func add(_ scalar: Unicode.Scalar) {
        if scalar.isSpace {
            if isOpen { close() }
        } else {
            addRaw(scalar)
        }
    }

    /// A scalar that was escaped.
    mutating func addRaw(_ scalar: Unicode.Scalar) {
        word.append(scalar)
        isOpen = true
    }

    /// A variable's value: its spaces part words.
    mutating func add(_ text: String) { for scalar in text.unicodeScalars { add(scalar) } }

    /// A quoted text: its spaces do not.
    mutating func addRaw(_ text: String) {
        word.append(contentsOf: text.unicodeScalars)
        isOpen = true
    }

    /// All words up to here.
    mutating func finish() -> [String] {
        if !word.isEmpty { close() }
        return words
    }

    private mutating func close() {
        if !word.isEmpty || isOpen { words.append(String(word)) }
        word = String.UnicodeScalarView()
        isOpen = false
    }
}
