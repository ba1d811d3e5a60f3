/// A table of words and numbers, for HTML and for Markdown.
struct DataTable: Sendable {
    /// One cell: its text and, where the text is a rounded number, what it sorts by.
    struct Entry: Sendable, ExpressibleByStringLiteral {
        var text: String
        var value: Double?
        var style: String?

        init(_ text: String, _ value: Double? = nil, style: String? = nil) {
            self.text = text
            self.value = value
            self.style = style
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    /// What the table is about.
    var caption: String
    /// Heads, with units; a leading `#` marks a column of numbers.
    var columns: [String]
    /// Rows of as many entries.
    var rows: [[Entry]]

    private func isNumber(_ index: Int) -> Bool { columns.indices.contains(index) && columns[index].hasPrefix("#") }

    private func head(_ column: String) -> String { column.hasPrefix("#") ? String(column.dropFirst()) : column }

    /// The table in a box that scrolls.
    var html: String {
        guard !rows.isEmpty else { return "" }
        let heads = columns.indices.map { index in
            "<th scope=\"col\"\(isNumber(index) ? " class=\"n\"" : "")>\(Markup.escape(head(columns[index])))</th>"
        }
        let lines = rows.map { row in
            let entries = row.enumerated().map { index, entry in
                let classes = [isNumber(index) ? "n" : "", entry.style ?? ""].filter { !$0.isEmpty }
                let kind = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
                let sorting = entry.value.map { " data-v=\"\(Drawing.plain($0))\"" } ?? ""
                let text = Markup.escape(entry.text)
                return index == 0
                    ? "<th scope=\"row\"\(kind)\(sorting)>\(text)</th>" : "<td\(kind)\(sorting)>\(text)</td>"
            }
            return "<tr>\(entries.joined())</tr>"
        }
        let name = Markup.escape(caption)
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(name)\"><table>"
            + "<caption>\(name)</caption><thead><tr>\(heads.joined())</tr></thead>"
            + "<tbody>\(lines.joined(separator: "\n"))</tbody></table></div>"
    }

    /// The table in Markdown.
    var markdown: String {
        guard !rows.isEmpty else { return "" }
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let heads = columns.map { Markup.markdownCell(head($0)) }
        let rule = columns.indices.map { isNumber($0) ? "---:" : "---" }
        return ([line(heads), line(rule)] + rows.map { line($0.map { Markup.markdownCell($0.text) }) })
            .joined(separator: "\n") + "\n"
    }

    /// The table's rows as comma-separated values, numbers unrounded where they are known.
    var csv: String {
        let lines =
            [columns.map { CSVExport.field(head($0)) }]
            + rows.map { $0.map { entry in entry.value.map(Drawing.plain) ?? CSVExport.field(entry.text) } }
        return lines.map { $0.joined(separator: ",") + "\n" }.joined()
    }
}
