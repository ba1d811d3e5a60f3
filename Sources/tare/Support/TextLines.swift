/// Text in lines of at most 100 columns, broken between words.
enum TextLines {
    /// The lines of `text`, each after `indent`.
    static func wrapped(_ text: String, indent: String, columns: Int = 100) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent.count + line.count + 1 + word.count > columns {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return line.isEmpty ? lines : lines + [indent + line]
    }
}
