import TareCore
import TareExperiment

/// A dataset in few bytes, for the inside of a page: equal things are said once, and what does not fit is thinned, which
/// the text then says.
struct EmbeddedData {
    /// What came out.
    struct Rendered {
        /// One JSON document; empty where even the shortest form does not fit.
        var text: String
        /// What was thinned, in words; `nil` where everything is there.
        var note: String?
    }

    /// How far values are thinned: the most ranks of a cell's starts, and whether replications become their mean.
    private struct Level {
        var starts: Int
        var means: Bool
    }

    /// The most bytes that the data may take in a page.
    static let budget = 520_000

    private static let levels = [
        Level(starts: .max, means: false), Level(starts: 200, means: false), Level(starts: 60, means: true),
        Level(starts: 20, means: true), Level(starts: 5, means: true),
    ]

    private struct Series: Hashable {
        var platform: Platform
        var mode: RunMode
        var quantity: String
        var unit: String
        var subject: String
        var owner: Owner?
        var evidence: Evidence
        var denominator: String?
    }

    let data: ReportData

    /// The document at the first level that fits.
    ///
    /// - Complexity: O(samples log samples).
    func render() -> Rendered {
        let (order, values) = collect()
        for (index, level) in Self.levels.enumerated() {
            let note = index == 0 ? nil : Self.note(level)
            let text = document(order, values, level, note: note)
            if text.utf8.count <= Self.budget { return Rendered(text: text, note: note) }
        }
        return Rendered(
            text: "",
            note:
                "The data are too many for one page; `tare report RUN --format json` and `--format csv` give all of them."
        )
    }

    private static func note(_ level: Level) -> String {
        "To keep the page small, the data inside hold the starts of a cell as at most \(level.starts) evenly spaced ranks"
            + (level.means ? " and other values as means over the replications" : "")
            + "; `tare report RUN --format json` and `--format csv` give every sample."
    }

    private func collect() -> ([Series], [Series: [Int: [Double]]]) {
        var places: [String: Int] = [:]
        for (index, cell) in data.dataset.cells.enumerated() { places[cell.id] = index }
        var order: [Series] = []
        var values: [Series: [Int: [Double]]] = [:]
        for sample in data.dataset.samples {
            guard let place = places[sample.cell], sample.value.isFinite else { continue }
            let series = Series(
                platform: sample.platform, mode: sample.mode, quantity: sample.quantity, unit: sample.unit,
                subject: SampleIndex.subject(sample.subject), owner: sample.owner, evidence: sample.evidence,
                denominator: sample.denominator
            )
            if values[series] == nil { order.append(series) }
            values[series, default: [:]][place, default: []].append(sample.value)
        }
        return (order, values)
    }

    private func document(
        _ order: [Series], _ values: [Series: [Int: [Double]]], _ level: Level, note: String?
    ) -> String {
        let dataset = data.dataset
        var out = "{\"format\":\"tare-report-1\",\"run\":\(quoted(dataset.run)),\"seed\":\"\(dataset.seed)\","
        out += "\"version\":\(quoted(dataset.version)),\"scenario_hash\":\(quoted(dataset.scenarioHash)),"
        out += "\"note\":\(note.map(quoted) ?? "null"),\n\"cells\":["
        out += dataset.cells.map { cell in
            let settings = cell.settings.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
            return
                "{\"id\":\(quoted(cell.id)),\"n\":\(cell.instances),\"settings\":{\(settings.joined(separator: ","))}}"
        }.joined(separator: ",\n")
        out +=
            "],\n\"rows\":\"[cell, number of values, value...]; one value: the same in all, or their mean where noted\","
        out += "\n\"series\":["
        var first = true
        for series in order {
            let cells = values[series] ?? [:]
            let rows = cells.keys.sorted().map { place -> String in
                let all = cells[place] ?? []
                let kept = Self.kept(all, isStart: series.subject == "instances", level)
                return "[\(place),\(all.count),\(kept.map(Drawing.plain).joined(separator: ","))]"
            }
            out += (first ? "" : ",\n") + head(series) + "\"rows\":[\(rows.joined(separator: ","))]}"
            first = false
        }
        out += "],\n\"failures\":\(json(dataset.failures)),\n\"claims\":\(json(data.claims)),\n"
        let shown = BootSection(data: data).pairs.flatMap(\.timelines)
        let weighings = level.starts >= 60 && !data.options.anonymise ? json(dataset.weighings) : "[]"
        return out + "\"timelines\":\(json(shown)),\n\"weighings\":\(weighings)}"
    }

    private func head(_ series: Series) -> String {
        let fields: [(String, String?)] = [
            ("platform", series.platform.rawValue), ("mode", series.mode.rawValue), ("quantity", series.quantity),
            ("unit", series.unit), ("subject", series.subject), ("owner", series.owner?.rawValue),
            ("evidence", series.evidence.rawValue), ("denominator", series.denominator),
        ]
        return "{" + fields.compactMap { name, value in value.map { "\"\(name)\":\(quoted($0))," } }.joined()
    }

    /// A constant is kept once; starts as ranks; other values as they are or as their mean.
    private static func kept(_ values: [Double], isStart: Bool, _ level: Level) -> [Double] {
        guard let first = values.first else { return [] }
        if values.allSatisfy({ $0 == first }) { return [first] }
        if isStart {
            guard values.count > level.starts else { return values }
            let sorted = values.sorted()
            return (0..<level.starts).map { sorted[($0 * 2 + 1) * sorted.count / (2 * level.starts)] }
        }
        return level.means ? [values.reduce(0, +) / Double(values.count)] : values
    }

    private func quoted(_ text: String) -> String { json(text) }

    private func json(_ value: some Encodable) -> String {
        do throws(TareError) {
            return try JSONText.encode(value, pretty: false)
        } catch {
            return "null"
        }
    }
}
