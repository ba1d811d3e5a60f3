import TareCore

/// A picture in SVG: shapes by class, no colour of its own, the same bytes for the same calls.
struct Drawing: Sendable {
    /// Width of the view box in pixels.
    let width: Double
    /// Height of the view box in pixels.
    let height: Double
    /// The marks so far.
    private(set) var body = ""

    /// Makes an empty picture of `width` by `height` pixels.
    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// A rectangle; `tip` is said when a pointer or the keyboard is on it.
    mutating func rect(
        _ x: Double,
        _ y: Double,
        _ width: Double,
        _ height: Double,
        _ style: String,
        tip: String? = nil,
        radius: Double = 0
    ) {
        guard width > 0, height > 0 else { return }
        let corner = radius > 0 ? " rx=\"\(Self.n(radius))\"" : ""
        let place = "x=\"\(Self.n(x))\" y=\"\(Self.n(y))\" width=\"\(Self.n(width))\" height=\"\(Self.n(height))\""
        element("rect", "\(place)\(corner)", style, tip)
    }

    /// A straight line.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        element(
            "line", "x1=\"\(Self.n(x1))\" y1=\"\(Self.n(y1))\" x2=\"\(Self.n(x2))\" y2=\"\(Self.n(y2))\"", style, nil)
    }

    /// A circle.
    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String, tip: String? = nil) {
        element("circle", "cx=\"\(Self.n(x))\" cy=\"\(Self.n(y))\" r=\"\(Self.n(radius))\"", style, tip)
    }

    /// A line through points, or with `closed` the area that they surround.
    mutating func path(_ points: [(x: Double, y: Double)], _ style: String, closed: Bool = false, tip: String? = nil) {
        guard let first = points.first else { return }
        var data = "M\(Self.n(first.x)) \(Self.n(first.y))"
        for point in points.dropFirst() { data += "L\(Self.n(point.x)) \(Self.n(point.y))" }
        element("path", "d=\"\(data)\(closed ? "Z" : "")\"", style, tip)
    }

    /// A text; `style` decides the anchor (`mid`, `end`, else start).
    mutating func text(_ x: Double, _ y: Double, _ words: String, _ style: String = "", rotated: Bool = false) {
        let turn = rotated ? " transform=\"rotate(-90 \(Self.n(x)) \(Self.n(y)))\"" : ""
        let kind = style.isEmpty ? "" : " class=\"\(style)\""
        body += "<text x=\"\(Self.n(x))\" y=\"\(Self.n(y))\"\(turn)\(kind)>\(Markup.escape(words))</text>\n"
    }

    /// The mark of an evidence kind: filled circle measured, ring modelled, square published, triangle assumed.
    mutating func evidence(_ evidence: Evidence, _ x: Double, _ y: Double, _ radius: Double, tip: String? = nil) {
        switch evidence {
        case .measured: circle(x, y, radius, "ink gap", tip: tip)
        case .modelled: circle(x, y, radius - 1, "ring", tip: tip)
        case .published: rect(x - radius, y - radius, 2 * radius, 2 * radius, "ink gap", tip: tip)
        case .assumed:
            path(
                [(x, y - radius * 1.2), (x + radius * 1.1, y + radius * 0.9), (x - radius * 1.1, y + radius * 0.9)],
                "ink gap",
                closed: true,
                tip: tip
            )
        }
    }

    /// Marks clipped to a rectangle.
    mutating func clipped(
        to frame: (x: Double, y: Double, width: Double, height: Double),
        _ marks: (inout Drawing) -> Void
    ) {
        var inner = Drawing(width: width, height: height)
        marks(&inner)
        body += "<svg x=\"\(Self.n(frame.x))\" y=\"\(Self.n(frame.y))\" width=\"\(Self.n(frame.width))\" "
        body += "height=\"\(Self.n(frame.height))\" "
        body += "viewBox=\"\(Self.n(frame.x)) \(Self.n(frame.y)) \(Self.n(frame.width)) \(Self.n(frame.height))\">\n"
        body += inner.body + "</svg>\n"
    }

    private mutating func element(_ name: String, _ attributes: String, _ style: String, _ tip: String?) {
        let said = tip.map { " data-tip=\"\(Markup.escape($0))\"" } ?? ""
        body += "<\(name) \(attributes) class=\"\(style)\"\(said)/>\n"
    }

    /// The finished element, with a title and a description for those who hear it.
    ///
    /// - Parameters:
    ///   - id: a word that is unique on the page.
    ///   - title: what the picture shows.
    ///   - finding: what it says.
    ///   - standalone: with its own style and patterns, as a file.
    /// - Returns: one `<svg>` element.
    func svg(id: String, title: String, finding: String, standalone: Bool = false) -> String {
        let names = "aria-labelledby=\"\(id)-t\" aria-describedby=\"\(id)-d\""
        let namespace = standalone ? " xmlns=\"http://www.w3.org/2000/svg\"" : ""
        let size = standalone ? " width=\"\(Self.n(width))\" height=\"\(Self.n(height))\"" : ""
        var out = "<svg\(namespace)\(size) viewBox=\"0 0 \(Self.n(width)) \(Self.n(height))\" role=\"img\" \(names)>\n"
        out += "<title id=\"\(id)-t\">\(Markup.escape(title))</title>\n"
        out += "<desc id=\"\(id)-d\">\(Markup.escape(finding))</desc>\n"
        if standalone {
            out += "<style>\(Stylesheet.standalone)</style>\n\(Self.patterns)\n"
            out += "<rect width=\"100%\" height=\"100%\" class=\"page\"/>\n"
        }
        return out + body + "</svg>"
    }

    /// The patterns that are the second cue beside colour.
    static let patterns = """
        <defs><pattern id="tare-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <line x1="1" y1="0" x2="1" y2="7" class="hatch-stroke"/></pattern>\
        <pattern id="tare-dots" width="6" height="6" patternUnits="userSpaceOnUse">\
        <circle cx="3" cy="3" r="1.3" class="dot-fill"/></pattern>\
        <pattern id="tare-band" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">\
        <line x1="1" y1="0" x2="1" y2="8" class="band-stroke"/></pattern></defs>
        """

    /// A number as data: whole where it is whole, else six significant digits.
    static func plain(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        if value == value.rounded(), abs(value) < 9e15 { return "\(Int64(value))" }
        return "\(Double(NumberText.significant(value, digits: 6).replacing(",", with: "")) ?? value)"
    }

    /// A coordinate with at most two digits after the point.
    static func n(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let magnitude = hundredths.magnitude
        let sign = hundredths < 0 ? "-" : ""
        let fraction = magnitude % 100
        if fraction == 0 { return "\(sign)\(magnitude / 100)" }
        if fraction % 10 == 0 { return "\(sign)\(magnitude / 100).\(fraction / 10)" }
        return "\(sign)\(magnitude / 100)." + (fraction < 10 ? "0" : "") + "\(fraction)"
    }
}
