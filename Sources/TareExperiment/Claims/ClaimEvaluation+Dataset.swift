import TareCore

extension ClaimEvaluation {
    /// Decides from a run's samples.
    ///
    /// The scope picks the cells by their settings. Each gives one value per weight of the quantity's family (all disk
    /// weights for `disk.used`). Replications become a median with its interval; with too few for one a cell lies nowhere
    /// and says how many it needs. Only a count of disk bytes that is the same in every replication is exact.
    /// - Parameters:
    ///   - claim: the claim.
    ///   - dataset: the run.
    ///   - conditions: what is known about the evidence beyond the numbers.
    /// - Returns: the verdict.
    /// - Complexity: O(samples log samples). Pure.
    public static func evaluate(
        claim: Claim,
        dataset: Dataset,
        conditions: ClaimConditions = ClaimConditions()
    ) -> ClaimResult {
        var cells: [ClaimResult.CellShare] = []
        var used: [Cell] = []
        var conditions = conditions
        let byCell = Dictionary(grouping: dataset.samples, by: \.cell)
        let selection = ScopeSelection(dataset.cells, scope: claim.scope)
        let names = CellNames(dataset)
        let isCount = claim.quantity.family == "disk"
        for cell in selection.cells {
            let samples = byCell[cell.id] ?? []
            for weight in weights(of: claim.quantity) {
                let quantity = weight == "" ? claim.quantity.quantity : "\(claim.quantity.family).\(weight)"
                let denominator = weight == "" ? claim.quantity.weight : weight
                for mode in [RunMode.measure, .simulate] {
                    let wanted = samples.filter {
                        $0.quantity == quantity && $0.mode == mode && isAbout($0.subject, claim.quantity)
                    }
                    guard let values = CellValues(wanted, function: claim.quantity.function) else { continue }
                    if denominator == claim.quantity.weight, used.last != cell { used.append(cell) }
                    cells.append(values.share(of: cell, named: names, denominator: denominator, isCount: isCount))
                }
            }
        }
        if conditions.extrapolation == nil { conditions.extrapolation = selection.gap(of: used) }
        if !dataset.failures.isEmpty, conditions.noisyHost == nil {
            conditions.noisyHost = "\(dataset.failures.count) replications failed and are missing"
        }
        var picked = claim
        picked.scope = claim.scope.withoutSettings
        var result = evaluate(claim: picked, cells: cells, conditions: conditions)
        if !result.cells.isEmpty { result.scope += selection.text(of: used) }
        return result
    }

    private static func isAbout(_ subject: String, _ quantity: QuantityExpression) -> Bool {
        subject == quantity.subject || (quantity.subject == "instance" && subject.hasPrefix("instance:"))
    }

    /// All weights of a disk or of memory; otherwise the quantity alone, as an empty word.
    private static func weights(of quantity: QuantityExpression) -> [String] {
        if case .quantile = quantity.function { return [""] }
        switch quantity.family {
        case "disk": return DiskWeight.allCases.map(\.rawValue)
        case "mem": return MemoryWeight.allCases.map(\.rawValue)
        default: return [""]
        }
    }
}
