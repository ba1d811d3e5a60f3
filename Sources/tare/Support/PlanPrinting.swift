import TareCore
import TareExperiment
import TareLinux

/// Prints a plan: cells, order, what it takes and how precise it will be.
struct PlanPrinting {
    /// What `--json` prints.
    struct Document: Encodable {
        var file: String
        var scenario: String
        var scenarioHash: String
        var seed: UInt64
        var modes: [RunMode]
        var platforms: [Platform]
        var order: RunSettings.Order
        var replications: Int
        var mostReplications: Int
        var steps: Int
        var threads: Int
        var cells: [Cell]
        var forecast: PlanForecast?
        var precision: [PilotPrecision]
        var failures: [CellFailure]

        enum CodingKeys: String, CodingKey {
            case file, scenario, seed, modes, platforms, order, replications, steps, threads, cells, forecast
            case precision, failures
            case scenarioHash = "scenario_hash"
            case mostReplications = "most_replications"
        }
    }

    let setup: RunSetup
    let file: String
    let output: OutputOptions

    func print(target: Double?, pilot: Dataset?) async throws {
        let experiment = setup.experiment
        let plan = experiment.plan
        let forecast = try await experiment.forecast()
        let precision = pilot.map {
            PilotPrecision.rows(pilot: $0, replications: plan.replications, target: target)
        }
        if output.json {
            let document = Document(
                file: file,
                scenario: experiment.scenario.name,
                scenarioHash: setup.read.hash,
                seed: plan.seed,
                modes: experiment.scenario.run.modes,
                platforms: experiment.scenario.platforms,
                order: plan.order,
                replications: plan.replications,
                mostReplications: plan.mostReplications,
                steps: plan.steps.count,
                threads: experiment.threads,
                cells: plan.cells,
                forecast: forecast,
                precision: precision ?? [],
                failures: experiment.missing
            )
            return try Output.data(try JSONText.encode(document))
        }
        if output.plain {
            let rows = plan.cells.map { "\($0.id)\t\($0.instances)\t\(plan.replications)" }
            return try Output.data(rows.joined(separator: "\n"))
        }
        try Output.data(text(forecast, precision, target: target, pilot: pilot?.run))
    }

    private func text(
        _ forecast: PlanForecast?,
        _ precision: [PilotPrecision]?,
        target: Double?,
        pilot: String?
    ) -> String {
        let experiment = setup.experiment
        let plan = experiment.plan
        let platforms = experiment.scenario.platforms.map(\.rawValue).joined(separator: " and ")
        var lines = [
            "\(experiment.scenario.name): \(count(plan.cells.count, "cell")) x "
                + "\(count(plan.replications, "replication")) on \(platforms)",
            "order: \(plan.order.rawValue), seed \(plan.seed), \(count(experiment.threads, "thread"))",
        ]
        if plan.mostReplications > plan.replications {
            lines.append("up to \(plan.mostReplications) replications until the wanted precision is reached")
        }
        if let forecast {
            let bytes = ByteCount(Int64(forecast.diskBytes))
            lines.append(
                "takes about \(NumberText.seconds(forecast.seconds)) and \(bytes) of disk, reckoned from "
                    + "\(count(forecast.probes, "replication")) tried here")
        }
        for failure in experiment.missing.prefix(1) { lines.append("cannot run: \(failure.reason)") }
        lines.append("")
        var table = TextTable(["cell", "instances>", "replications>"])
        for cell in plan.cells.prefix(24) { table.add([cell.id, "\(cell.instances)", "\(plan.replications)"]) }
        lines.append(table.text)
        if plan.cells.count > 24 { lines.append("\(plan.cells.count - 24) more cells: --plain or --json lists all") }
        lines.append("")
        guard let precision, let pilot else {
            lines.append("expected precision: unknown, no complete run of this scenario is stored yet")
            return lines.joined(separator: "\n")
        }
        lines.append("expected precision of start.first-response, reckoned from \(pilot):")
        var widths = TextTable(["cell", "platform", "half width>", target == nil ? "" : "replications needed>"])
        for row in precision.prefix(24) {
            let width = row.halfWidth.map { "+/-" + NumberText.percent($0, decimals: 2) } ?? "too few"
            let needed = target == nil ? "" : row.needed.map(String.init) ?? "over 10000 or too small a pilot"
            widths.add([row.cell, row.platform.rawValue, width, needed])
        }
        lines.append(widths.text)
        return lines.joined(separator: "\n")
    }

    private func count(_ number: Int, _ word: String) -> String {
        "\(NumberText.count(number)) \(word)" + (number == 1 ? "" : "s")
    }
}
