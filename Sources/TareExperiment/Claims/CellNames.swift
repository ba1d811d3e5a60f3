import TareCore

/// What runs in a cell and on which guest, by the names that the scenario uses.
struct CellNames {
    private let scenario: Scenario?

    /// Reads the scenario that a run keeps; where that cannot be read, the swept names have to do.
    init(_ dataset: Dataset) {
        scenario = try? ScenarioReader.read(text: dataset.scenarioText, file: "scenario").scenario
    }

    /// The workloads of a cell's services, joined by `+` where they differ.
    func workload(of cell: Cell) -> String {
        joined(cell) { $0.workload } ?? cell.settings["workload"] ?? cell.id
    }

    /// The guests of a cell's services, joined by `+` where they differ; empty where there is none.
    func guest(of cell: Cell) -> String {
        joined(cell) { $0.guestName } ?? cell.settings["os"] ?? cell.settings["guest"] ?? ""
    }

    private func joined(_ cell: Cell, _ name: (ResolvedService) -> String) -> String? {
        guard let services = try? scenario?.resolved(for: cell).services else { return nil }
        var names: [String] = []
        for service in services where !name(service).isEmpty && !names.contains(name(service)) {
            names.append(name(service))
        }
        return names.isEmpty ? nil : names.joined(separator: "+")
    }
}
