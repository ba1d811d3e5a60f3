import TareCore

/// The cells of a run that a claim speaks of, and what it speaks of that no cell has.
struct ScopeSelection {
    /// The cells within the scope, in the run's order.
    let cells: [Cell]
    private let scope: Claim.Scope

    init(_ all: [Cell], scope: Claim.Scope) {
        self.scope = scope
        cells = all.filter { cell in
            scope.settings.allSatisfy { name, values in
                guard !values.isEmpty, let setting = ScopeSelection.setting(name, of: cell) else { return true }
                return values.contains { $0.matches(setting) }
            }
        }
    }

    /// What the scope names and none of the cells has, as a clause; `nil` where there is nothing.
    func gap(of cells: [Cell]) -> String? {
        var gaps: [String] = []
        for (name, values) in scope.settings.sorted(by: { $0.key < $1.key }) {
            let settings = cells.compactMap { ScopeSelection.setting(name, of: $0) }
            let missing = values.filter { value in !settings.contains { value.matches($0) } }
            if !missing.isEmpty {
                gaps.append("no cell of \(name) \(missing.map(\.text).joined(separator: ", "))")
            } else if let short = values.first(where: { !$0.isReached(by: settings) }) {
                gaps.append("the cells do not reach both ends of \(name) \(short.text)")
            }
        }
        return gaps.isEmpty ? nil : gaps.joined(separator: ", ")
    }

    /// The swept names beyond workload, guest and instances, with the cells' values: `; app 20MiB to 2GiB (7 values)`.
    func text(of cells: [Cell]) -> String {
        var text = ""
        for name in Set(cells.flatMap(\.settings.keys)).subtracting(["n", "os", "guest", "workload"]).sorted() {
            let values = ScopeValue.sorted(Array(Set(cells.compactMap { $0.settings[name] })))
            guard let first = values.first, let last = values.last else { continue }
            text += values.count == 1 ? "; \(name) \(first)" : "; \(name) \(first) to \(last) (\(values.count) values)"
        }
        return text
    }

    /// A cell's setting; of `n`, where it is not swept, its instances.
    private static func setting(_ name: String, of cell: Cell) -> String? {
        cell.settings[name] ?? (name == "n" ? "\(cell.instances)" : nil)
    }
}
