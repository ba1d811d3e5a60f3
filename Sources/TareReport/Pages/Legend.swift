import TareCore

/// Keys to the marks of charts, as HTML.
enum Legend {
    /// The owners, in the order in which bars stack.
    static let owners: String = {
        let items = Owner.allCases.map { owner in
            let second = owner == .platform ? "hatch" : (owner == .writable ? "dots" : "")
            let cue = second.isEmpty ? "" : "<rect width=\"22\" height=\"18\" class=\"\(second)\"/>"
            return "<li><svg viewBox=\"0 0 22 18\" aria-hidden=\"true\"><rect width=\"22\" height=\"18\" "
                + "class=\"f-\(owner.rawValue)\"/>\(cue)</svg>\(Wording.ownerMeaning(owner))</li>"
        }
        return "<ul class=\"legend\" aria-label=\"Owners, from the bottom of a bar\">\(items.joined())</ul>"
    }()

    /// A badge: shape and word of a kind of evidence.
    static func badge(_ evidence: Evidence) -> String {
        "<span class=\"badge\">\(mark(evidence))\(evidence.badge)</span>"
    }

    /// The four kinds of evidence.
    static let evidence: String = {
        let items = Evidence.allCases.map { "<li>\(mark($0))\($0.rawValue)</li>" }
        return "<ul class=\"legend\" aria-label=\"Kinds of evidence\">\(items.joined())</ul>"
    }()

    private static func mark(_ evidence: Evidence) -> String {
        var drawing = Drawing(width: 16, height: 16)
        drawing.evidence(evidence, 8, 8, 6)
        return "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">\(drawing.body)</svg>"
    }
}
