import TareCore
import TareExperiment
import TareStatistics

/// Start-up: how long until an answer, alone and in a storm.
struct StartSection {
    let data: ReportData

    private static let quantity = StartMark.firstResponse.quantity

    /// The curve and the storm.
    var figures: [Figure] { [curve, storm].compactMap { $0 } }

    /// The section as HTML.
    var html: String {
        let figures = figures
        guard !figures.isEmpty else { return "" }
        return
            "<section aria-labelledby=\"start\"><h2 id=\"start\">Start-up</h2>\(figures.map(\.html).joined())</section>"
    }

    private func sets(_ cell: Cell) -> [StartSet] {
        Platform.allCases.map { data.index.starts(cell, $0) }.filter { !$0.seconds.isEmpty }
    }

    private var curve: Figure? {
        guard let group = data.reference else { return nil }
        let drawn = group.cells.map { (cell: $0, sets: sets($0)) }.filter { !$0.sets.isEmpty }
        guard let last = drawn.last else { return nil }
        let ordered = Array(drawn.reversed())
        let medians = last.sets.compactMap { set in
            Quantile.median(set.seconds).map {
                "half of the \(Wording.platform(set.platform, count: 2)) within \(NumberText.seconds($0))"
            }
        }
        let count = last.cell.instances
        let replications = last.sets.map(\.replications).min() ?? 1
        let points = NumberText.fixed((last.sets.first?.halfBand ?? 1) * 100, decimals: 0)
        return Figure(
            id: "start-curve",
            title: "\(count == 1 ? "One start" : "\(count) starts at once"): \(medians.joined(separator: ", "))",
            caption:
                "\(group.label). Share of the starts asked for that answered by a time, from request to first answer. "
                + "The shade is a 95% band (Dvoretzky-Kiefer-Wolfowitz) for \(replications) independent replications, "
                + "\(points) points each way; dashed lines are modelled.",
            charts: ordered.map { item in
                .init(label: "N = \(item.cell.instances)", drawing: StartCurve(sets: item.sets).drawing())
            }, layout: .choice, table: curveTable(group.cells)
        )
    }

    private func curveTable(_ cells: [Cell]) -> DataTable {
        let rows = cells.flatMap { cell in
            sets(cell).map { set -> [DataTable.Entry] in
                [
                    .init("\(cell.instances)", Double(cell.instances)), .init(Wording.platform(set.platform)),
                    .init(NumberText.count(Int(set.requested)), set.requested),
                    .init(NumberText.count(set.censored), Double(set.censored)), quantile(set, 0.5),
                    quantile(set, 0.95),
                    quantile(set, 0.99), .init(set.evidence.rawValue),
                ]
            }
        }
        return DataTable(
            caption: "Seconds from request to first answer; p95 needs 59 starts, p99 needs 299",
            columns: ["N", "platform", "#starts", "#never answered", "#p50", "#p95", "#p99", "evidence"], rows: rows
        )
    }

    private func quantile(_ set: StartSet, _ probability: Double) -> DataTable.Entry {
        guard let value = set.quantile(probability) else { return "not enough data" }
        return .init(NumberText.seconds(value), value)
    }

    private var storm: Figure? {
        guard let group = data.reference, group.cells.count > 1 else { return nil }
        let series = Platform.allCases.compactMap { platform -> LineChart.Series? in
            let points = group.cells.compactMap { cell -> (instances: Int, value: Double, low: Double, high: Double)? in
                let values = data.index.all(cell.id, platform, Self.quantity, "host", nil).sorted()
                guard let low = values.first, let high = values.last, let middle = Quantile.median(values) else {
                    return nil
                }
                return (cell.instances, middle, low, high)
            }
            guard points.count > 1, let cell = group.cells.last else { return nil }
            return LineChart.Series(
                platform: platform, points: points, evidence: data.index.evidence(cell.id, Self.quantity))
        }
        guard let count = group.cells.last?.instances, !series.isEmpty else { return nil }
        let ends = series.compactMap { line in
            line.points.last.map { "\(Wording.platform(line.platform, count: 2)) \(NumberText.seconds($0.value))" }
        }
        let rows = series.flatMap { line in
            line.points.map { point -> [DataTable.Entry] in
                [
                    .init("\(point.instances)", Double(point.instances)), .init(Wording.platform(line.platform)),
                    .init(NumberText.seconds(point.value), point.value),
                    .init(NumberText.seconds(point.low), point.low),
                    .init(NumberText.seconds(point.high), point.high), .init(line.evidence.rawValue),
                ]
            }
        }
        return Figure(
            id: "start-storm", title: "Until the last of \(count) answers: \(ends.joined(separator: ", "))",
            caption: "\(group.label): time from the request until every instance has answered, all started at once; "
                + "line: median over the replications, shade: lowest to highest.",
            charts: [
                .init(
                    label: "storm",
                    drawing: LineChart(series: series, title: "until the last one answers") { NumberText.seconds($0) }
                        .drawing())
            ], layout: .wide,
            table: DataTable(
                caption: "Seconds until the last instance answers",
                columns: ["N", "platform", "#median", "#lowest", "#highest", "evidence"], rows: rows
            )
        )
    }
}
