/// A figure: the finding as its title, a sentence, one or several charts, and the same numbers as a table.
struct Figure: Sendable {
    /// One chart of a figure.
    struct Chart: Sendable {
        /// What sets it apart from the figure's other charts.
        var label: String
        /// The picture.
        var drawing: Drawing
    }

    /// How a figure's charts stand.
    enum Layout: Sendable {
        /// Beside each other where there is room.
        case beside
        /// Below each other, each as wide as the page.
        case wide
        /// One at a time; the reader chooses, also with scripts off.
        case choice
    }

    /// A word that is unique on the page; also the name of its files.
    var id: String
    /// The finding.
    var title: String
    /// One or two sentences.
    var caption: String
    /// The charts.
    var charts: [Chart]
    /// How they stand.
    var layout: Layout = .beside
    /// Keys to the marks, as HTML.
    var legend = ""
    /// The numbers.
    var table: DataTable
    /// Attributes for the page's script, as HTML.
    var live = ""

    /// The figure as HTML.
    var html: String {
        let name = Markup.escape(title)
        let table = table.html
        let numbers =
            table.isEmpty ? "" : "<details class=\"numbers\"><summary>Numbers as a table</summary>\(table)</details>"
        return "<figure id=\"\(id)\"\(live)><h3>\(name)</h3><figcaption>\(Markup.escape(caption))</figcaption>"
            + legend + pictures + numbers + "</figure>"
    }

    private var pictures: String {
        let drawn = charts.enumerated().map { index, chart in
            let label = charts.count > 1 ? ". \(chart.label)" : ""
            let svg = chart.drawing.svg(id: "\(id)-\(index)", title: title + label, finding: caption)
            let head = charts.count > 1 && layout != .choice ? "<p>\(Markup.escape(chart.label))</p>" : ""
            let kind = layout == .beside && charts.count > 1 ? "chart half" : "chart wide"
            return "<div class=\"\(kind)\" tabindex=\"-1\">\(head)\(svg)</div>"
        }
        guard layout == .choice, charts.count > 1 else {
            return "<div class=\"charts\">\(drawn.joined())</div>"
        }
        let shown = Array(charts.prefix(Stylesheet.variantLimit).enumerated())
        let inputs = shown.map { index, _ in
            "<input class=\"variant v\(index)\" type=\"radio\" name=\"\(id)-choice\" id=\"\(id)-v\(index)\" "
                + "data-key=\"\(id)\" value=\"\(index)\"\(index == 0 ? " checked" : "")>"
        }
        let labels = shown.map { index, chart in
            "<label class=\"choice c\(index)\" for=\"\(id)-v\(index)\">\(Markup.escape(chart.label))</label>"
        }
        let panels = shown.map { index, chart in
            "<div class=\"p\(index)\"><p class=\"print-only\">\(Markup.escape(chart.label))</p>\(drawn[index])</div>"
        }
        return "<div class=\"choose\">\(inputs.joined())<div class=\"choices\">\(labels.joined())</div>"
            + "<div class=\"panels\">\(panels.joined())</div></div>"
    }
}
