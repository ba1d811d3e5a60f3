import TareCore

/// Reads `Name:   123 kB` lines, which /proc/meminfo and smaps_rollup are made of, byte by byte.
///
/// No strings are made: a sample of fifty containers reads a few hundred of these files, and a text parser costs more CPU
/// than what is being measured.
struct KernelFields {
    /// The wanted names, as bytes, in the order of the values.
    private let names: [[UInt8]]

    /// Takes the wanted names.
    init(_ names: [String]) { self.names = names.map { Array($0.utf8) } }

    /// The values in bytes; `nil` for a name that is not there.
    ///
    /// - Parameter text: the whole file.
    /// - Returns: a value a name.
    /// - Complexity: O(bytes x names) at worst; names are compared by their first byte and length first.
    func values(in text: Span<UInt8>) -> [ByteCount?] {
        var found = [ByteCount?](repeating: nil, count: names.count)
        var line = 0
        while line < text.count {
            var colon = line
            while colon < text.count, text[colon] != 58, text[colon] != 10 { colon += 1 }
            var end = colon
            while end < text.count, text[end] != 10 { end += 1 }
            if colon < text.count, text[colon] == 58, let index = index(of: text, line, colon) {
                found[index] = ByteCount(Self.number(text, colon + 1, end) * 1024)
            }
            line = end + 1
        }
        return found
    }

    private func index(of text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        for (index, name) in names.enumerated() where name.count == end - start {
            var same = true
            for offset in 0..<name.count where name[offset] != text[start + offset] {
                same = false
                break
            }
            if same { return index }
        }
        return nil
    }

    /// The first whole number between two places; 0 where there is none.
    static func number(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int64 {
        var at = start
        while at < end, text[at] < 48 || text[at] > 57 { at += 1 }
        var value: Int64 = 0
        while at < end, text[at] >= 48, text[at] <= 57 {
            value = value &* 10 &+ Int64(text[at] - 48)
            at += 1
        }
        return value
    }
}
