import TareCore
import TareExperiment

/// What an image is made of, by the line that made it, and how many containers share each layer.
struct LayerSection {
    let data: ReportData

    private static let quantity = DiskWeight.used.quantity

    /// One figure, where containers were split by owner.
    var figures: [Figure] {
        let strips = strips
        guard let first = strips.first, let base = first.layers.first else { return [] }
        let total = first.layers.reduce(0) { $0 + $1.bytes }
        let evidence = strips.map(\.evidence).reduce(.measured) { Evidence.weaker($0, $1) }
        return [
            Figure(
                id: "layer-strip",
                title: "Of \(first.name)'s \(Wording.bytes(total)), \(Wording.share(base.bytes / total)) come with "
                    + "its first line, \(base.line)",
                caption: "One container's layers by the Dockerfile line that makes them, at the largest N, "
                    + "\(evidence.rawValue). Image layers are read-only and stored once, whoever shares them; only the "
                    + "read/write layer is each container's own.",
                charts: [.init(label: "layers", drawing: LayerStrip(strips: strips).drawing())], layout: .wide,
                legend: Legend.owners,
                table: DataTable(
                    caption: "Layers of one container (\(Self.quantity))",
                    columns: ["image", "line", "owner", "#bytes", "#share of container", "#containers that share it"],
                    rows: strips.flatMap { strip in
                        let whole = strip.layers.reduce(0) { $0 + $1.bytes }
                        return strip.layers.map { layer -> [DataTable.Entry] in
                            [
                                .init(strip.name), .init(layer.line), .init(Wording.owner(layer.owner)),
                                .init(Wording.bytes(layer.bytes), layer.bytes),
                                .init(Wording.share(layer.bytes / whole), layer.bytes / whole),
                                .init(NumberText.count(layer.sharing), Double(layer.sharing)),
                            ]
                        }
                    }
                )
            )
        ]
    }

    /// The section as HTML.
    var html: String {
        let figures = figures
        guard !figures.isEmpty else { return "" }
        return "<section aria-labelledby=\"layers\"><h2 id=\"layers\">Image layers</h2>"
            + "\(figures.map(\.html).joined())</section>"
    }

    /// A strip an image: services that differ in their guest have the same image.
    private var strips: [LayerStrip.Strip] {
        var seen: Set<[String: String]> = []
        var strips: [LayerStrip.Strip] = []
        for group in data.groups {
            let settings = group.settings.filter { $0.key != "os" && $0.key != "guest" }
            guard seen.insert(settings).inserted, let cell = group.cells.last else { continue }
            let layers = layers(of: cell)
            guard !layers.isEmpty else { continue }
            let name = CellGroup(settings: settings, cells: []).label
            strips.append(
                .init(
                    name: name == "all services" ? "the service" : name, layers: layers,
                    evidence: data.index.evidence(cell.id, Self.quantity)))
        }
        return Array(strips.prefix(12))
    }

    private func layers(of cell: Cell) -> [LayerStrip.Layer] {
        let lines: [(Owner, String)] = [
            (.os, "FROM base"), (.runtime, "RUN install runtime"), (.app, "COPY app"), (.writable, "read/write layer"),
        ]
        return lines.compactMap { owner, line in
            guard let bytes = data.index.mean(cell.id, .container, Self.quantity, "instance", owner), bytes > 0 else {
                return nil
            }
            return .init(line: line, owner: owner, bytes: bytes, sharing: owner == .writable ? 1 : cell.instances)
        }
    }
}
