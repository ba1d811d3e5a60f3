/// Values by the words that name them in a file, so that a word that comes a thousand times is made once.
///
/// A table of one place a hash: a word that another drives out is made again, which costs time and nothing else.
struct WordTable<Value> {
    private struct Entry {
        var range: Range<Int>
        var value: Value
    }

    private var entries: [Entry?] = Array(repeating: nil, count: 1024)
    private var last = 0

    /// Reads a string and gives its value.
    ///
    /// - Parameters:
    ///   - scanner: before the string; its bytes are the same at every call.
    ///   - make: the value of a word, or nothing where there is none.
    /// - Returns: the word's value.
    /// - Throws: `Unknown` where there is no string, or no value.
    mutating func read(
        _ scanner: inout JSONScanner,
        _ make: (String) -> Value?
    ) throws(JSONScanner.Unknown) -> Value {
        let found = try scanner.string()
        if let entry = entries[last], scanner.same(entry.range, found.range) { return entry.value }
        let place = scanner.mark(found.range) & 1023
        if let entry = entries[place], scanner.same(entry.range, found.range) {
            last = place
            return entry.value
        }
        guard let value = make(try scanner.text(found)) else { throw JSONScanner.Unknown() }
        entries[place] = Entry(range: found.range, value: value)
        last = place
        return value
    }
}
