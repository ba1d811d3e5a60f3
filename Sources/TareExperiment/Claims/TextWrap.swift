/// Wraps plain text at word ends.
enum TextWrap {
    /// `body` in lines of at most `width` columns, `label` before the first, its width in spaces before the others.
    ///
    /// A word longer than a line stays whole.
    static func lines(_ body: String, width: Int, label: String) -> [String] {
        let indent = String(repeating: " ", count: label.isEmpty ? 2 : label.count)
        var lines: [String] = []
        var line = label
        var isFresh = true
        for word in body.split(separator: " ") {
            if !isFresh, line.count + 1 + word.count > width {
                lines.append(line)
                line = indent
                isFresh = true
            }
            line += (isFresh ? "" : " ") + word
            isFresh = false
        }
        lines.append(line)
        return lines
    }
}
