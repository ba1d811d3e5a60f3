import TareCore

/// The data inside the page: JSON that a reader without scripts can copy, and the figures' numbers as CSV.
struct DataSection {
    let data: ReportData

    /// The block as HTML; the JSON is also what the page's script reads.
    var html: String {
        let embedded = EmbeddedData(data: data).render()
        let name = Markup.identifier(data.dataset.run)
        let file = name.isEmpty ? "tare" : "tare-\(name)"
        let tables = figureCSV
        let note = embedded.note.map { "<p class=\"note\">\(Markup.escape($0))</p>" } ?? ""
        let link = "data:text/csv;charset=utf-8;base64,\(Base64.encode(Array(tables.utf8)))"
        let raw =
            embedded.text.isEmpty
            ? ""
            : "<p class=\"downloads needs-js\"><button type=\"button\" data-save=\"json\">Save the data as JSON</button>"
                + "<button type=\"button\" data-save=\"csv\">Save the data as CSV</button></p>"
                + "<details class=\"raw\"><summary>Raw data (JSON, to read and to copy)</summary>"
                + "<pre id=\"dataset\" tabindex=\"0\" data-name=\"\(file)\">\(Markup.content(embedded.text))</pre></details>"
        return "<h3>Data</h3>\(note)<p><a download=\"\(file)-figures.csv\" href=\"\(link)\">"
            + "The figures' numbers as CSV</a> (works with scripts off)</p>\(raw)"
    }

    /// Every figure's table, one below the other, each with its name before it.
    private var figureCSV: String {
        data.figures.filter { !$0.table.rows.isEmpty }
            .map { "# \($0.id): \($0.table.caption.replacing("\n", with: " "))\n\($0.table.csv)" }.joined(
                separator: "\n")
    }
}
