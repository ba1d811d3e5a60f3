import TareCore
import TareStatistics

extension ClaimEvaluation {
    /// Decides from a run's samples.
    ///
    /// Each cell gives one value per weight of the quantity's family (all disk weights for `disk.used`). Replications
    /// become a median with its interval; below six their range, and the certainty says so.
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
        var conditions = conditions
        let byCell = Dictionary(grouping: dataset.samples, by: \.cell)
        var fewest = Int.max
        for cell in dataset.cells {
            let samples = byCell[cell.id] ?? []
            for weight in weights(of: claim.quantity) {
                let quantity = weight == "" ? claim.quantity.quantity : "\(claim.quantity.family).\(weight)"
                for mode in [RunMode.measure, .simulate] {
                    let wanted = samples.filter {
                        $0.quantity == quantity && $0.mode == mode && isAbout($0.subject, claim.quantity)
                    }
                    guard let values = CellValues(wanted, function: claim.quantity.function) else { continue }
                    if claim.quantity.family != "disk" { fewest = min(fewest, values.count) }
                    cells.append(values.share(of: cell, denominator: weight == "" ? claim.quantity.weight : weight))
                }
            }
        }
        let need = MinimumCount.forQuantile(0.5)
        if fewest < need, conditions.imprecision == nil {
            conditions.imprecision =
                "as few as \(fewest) values in a cell, \(need) are needed for an interval of the median; range given"
        }
        if !dataset.failures.isEmpty, conditions.noisyHost == nil {
            conditions.noisyHost = "\(dataset.failures.count) replications failed and are missing"
        }
        return evaluate(claim: claim, cells: cells, conditions: conditions)
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
