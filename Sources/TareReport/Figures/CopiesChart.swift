import TareCore

/// The OS as blocks: one a copy that the host stores.
struct CopiesChart {
    /// One way to keep the OS.
    struct Row: Sendable {
        /// `50 VMs, full copies`.
        var name: String
        /// Copies that are stored, for N instances.
        var copies: Double
        /// Bytes that the OS takes on the host.
        var bytes: Double
        /// What kind of number it is.
        var evidence: Evidence
    }

    let rows: [Row]
    let instances: Int

    /// The picture: blocks of one size, a row a way.
    func drawing() -> Drawing {
        let perLine = 25
        let side = 15.0
        let lines = rows.map { max(1, (Int($0.copies.rounded(.up)) + perLine - 1) / perLine) }.map { min($0, 4) }
        let height = lines.reduce(0.0) { $0 + Double($1) * (side + 3) + 30 }
        var drawing = Drawing(width: 760, height: height + 8)
        var y = 20.0
        for (row, count) in zip(rows, lines) {
            drawing.evidence(row.evidence, 10, y - 4, 5, tip: row.evidence.rawValue)
            let copies = Plot.tick(row.copies)
            drawing.text(24, y, row.name, "strong")
            let words = "\(copies) \(row.copies == 1 ? "copy" : "copies"), \(Wording.bytes(row.bytes))"
            drawing.text(752, y, words, "end")
            y += 8
            let full = Int(row.copies.rounded(.up))
            let shown = min(full, perLine * count)
            for index in 0..<shown {
                let x = 4 + Double(index % perLine) * (side + 3)
                let top = y + Double(index / perLine) * (side + 3)
                let part = index == full - 1 ? row.copies - Double(full - 1) : 1
                drawing.rect(x, top, side * max(0.12, part), side, "f-os")
            }
            if full > shown {
                drawing.text(
                    8 + Double(perLine) * (side + 3), y + 12, "and \(NumberText.count(full - shown)) more",
                    "small quiet")
            }
            y += Double(count) * (side + 3) + 22
        }
        return drawing
    }
}
