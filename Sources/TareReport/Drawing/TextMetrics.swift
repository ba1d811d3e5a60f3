/// How wide a text will be, near enough to keep labels apart.
///
/// A page is drawn in the reader's own font, so this takes the widths of a wide common sans-serif.
enum TextMetrics {
    /// The width in pixels of `text` at `size` pixels.
    static func width(_ text: String, size: Double = 12) -> Double {
        var units = 0.0
        for character in text {
            switch character {
            case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!": units += 0.32
            case "f", "r", "t", "(", ")", "-", " ", "/": units += 0.4
            case "m", "w", "M", "W", "%", "@": units += 0.95
            case "A"..."Z": units += 0.7
            default: units += 0.62
            }
        }
        return units * size
    }

    /// Moves positions apart to at least `gap`, changing each as little as is needed, within `range`; order is kept.
    static func apart(_ positions: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double] {
        let order = positions.indices.sorted { (positions[$0], $0) < (positions[$1], $1) }
        var placed = order.map { positions[$0] }
        for index in placed.indices.dropFirst() { placed[index] = max(placed[index], placed[index - 1] + gap) }
        var limit = range.upperBound
        for index in placed.indices.reversed() {
            placed[index] = min(placed[index], limit)
            limit = placed[index] - gap
        }
        if let first = placed.first, first < range.lowerBound {
            let shift = range.lowerBound - first
            for index in placed.indices { placed[index] += shift }
        }
        var out = positions
        for (rank, index) in order.enumerated() { out[index] = placed[rank] }
        return out
    }
}
