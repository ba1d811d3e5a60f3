import TareCore

/// An image as a strip: one piece a layer, as long as its bytes, on one axis for all images.
struct LayerStrip {
    /// One layer.
    struct Layer: Sendable {
        /// The Dockerfile line, or what else made it.
        var line: String
        /// Whose bytes they are.
        var owner: Owner
        /// Bytes of the files.
        var bytes: Double
        /// Containers that use it.
        var sharing: Int
    }

    /// One image with its container's own layer.
    struct Strip: Sendable {
        /// The image.
        var name: String
        /// The lowest layer first.
        var layers: [Layer]
        /// What kind of numbers they are.
        var evidence: Evidence
    }

    let strips: [Strip]

    /// The picture.
    func drawing() -> Drawing {
        let step = 52.0
        var drawing = Drawing(width: 760, height: 74 + step * Double(strips.count))
        let plot = Plot(left: 110, top: 14, right: 740, bottom: 24 + step * Double(strips.count))
        let most = strips.map { $0.layers.reduce(0) { $0 + $1.bytes } }.max() ?? 1
        let unit = ByteUnit(for: most)
        let x = Scale.linear(to: most / unit.bytes, from: plot.left, to: plot.right)
        plot.horizontalAxis(x, ticks: x.ticks(), title: "one container's files (\(unit.name))", in: &drawing) {
            Plot.tick($0)
        }
        for (index, strip) in strips.enumerated() {
            let top = plot.top + 16 + step * Double(index)
            drawing.text(plot.left - 10, top + 17, strip.name, "end strong")
            var low = 0.0
            var free = plot.left
            for layer in strip.layers {
                let from = x(low / unit.bytes)
                low += layer.bytes
                let width = x(low / unit.bytes) - from
                let shared = layer.sharing == 1 ? "not shared" : "shared by \(NumberText.count(layer.sharing))"
                let tip = "\(strip.name): \(layer.line), \(Wording.bytes(layer.bytes)), \(shared)"
                drawing.rect(from, top, width, 24, "f-\(layer.owner.rawValue) gap", tip: tip)
                if layer.owner == .writable { drawing.rect(from, top, width, 24, "dots") }
                let words = "\(layer.line) x\(NumberText.count(layer.sharing))"
                guard from >= free, from + TextMetrics.width(words) < drawing.width else { continue }
                drawing.text(from, top - 4, words, "small halo")
                free = from + TextMetrics.width(words) + 8
            }
        }
        return drawing
    }
}
