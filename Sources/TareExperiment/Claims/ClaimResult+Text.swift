import TareCore

extension ClaimResult {
    /// The verdict for a terminal: plain, without colour, wrapped at `width` columns.
    ///
    /// - Parameter width: columns, at least 40.
    /// - Returns: lines without a final newline.
    public func text(width: Int = 80) -> String {
        let columns = max(width, 40)
        let values = ValueText(expression)
        var lines: [String] = []
        func add(_ label: String, _ body: String) {
            lines += TextWrap.lines(body, width: columns, label: label)
        }
        add("", "\(verdict.rawValue.uppercased()): \(text)")
        add("  ", sentence)
        add("  estimate    ", number(estimate, interval, values))
        for row in denominators {
            add("  by \(padded(row.denominator, 9))", denominatorLine(row, values))
        }
        add("  boundary    ", boundary)
        add("  scope       ", scope)
        add("  evidence    ", badges)
        let why = reasons.isEmpty ? "measured here, within the wanted precision" : reasons.joined(separator: "; ")
        add("  certainty   ", "\(certainty.rawValue): \(why)")
        add("  to change   ", whatWouldChangeThis)
        return lines.joined(separator: "\n")
    }

    /// What would change the verdict or its certainty, in one sentence.
    public var whatWouldChangeThis: String {
        if cells.isEmpty { return "a run or a weighing that gives at least one cell" }
        switch verdict {
        case .untestable: return "a band: say which number would make it true"
        case .inconclusive: return moreRuns
        case .depends: return "a narrower scope on one side of the boundary"
        case .supported, .refutedLower, .refutedHigher:
            return reasons.isEmpty
                ? "other workloads or guests, beyond the boundary" : "removing: \(reasons.joined(separator: "; "))"
        }
    }

    /// Runs in all that each open cell needs, the greatest over the cells of the claim's own denominator.
    public var runsNeeded: Int? {
        cells.filter { $0.denominator == expression.weight }.compactMap(\.runsNeeded).max()
    }

    private var moreRuns: String {
        let open = cells.filter { $0.denominator == expression.weight && $0.runsNeeded != nil }
        guard let need = runsNeeded, let fewest = open.compactMap(\.runs).min() else {
            return "more runs of the cells whose interval crosses an edge"
        }
        let place = open.count == 1 ? "the open cell" : "each of the \(open.count) open cells"
        return "\(need) runs of \(place), which had \(fewest)"
    }

    private var expression: QuantityExpression {
        (try? QuantityExpression(parsing: quantity))
            ?? QuantityExpression(function: .quantile(0.5, .vm), quantity: quantity)
    }

    private var badges: String {
        let kinds = Evidence.allCases.compactMap { kind in
            let count = cells.count { $0.evidence == kind }
            return count > 0 ? "\(kind.badge) \(count)" : nil
        }
        return kinds.isEmpty ? "none" : kinds.joined(separator: ", ") + " (cells)"
    }

    private func number(_ value: Double?, _ ends: [Double], _ values: ValueText) -> String {
        guard let value else { return "none" }
        return "\(values.text(value)) [\(values.interval(ends))]"
    }

    private func denominatorLine(_ row: DenominatorVerdict, _ values: ValueText) -> String {
        "\(row.verdict.rawValue.uppercased()): \(number(row.estimate, row.interval, values));"
            + " inside \(row.inside), below \(row.below), above \(row.above)"
    }

    private func padded(_ word: String, _ width: Int) -> String {
        word + String(repeating: " ", count: max(1, width - word.count))
    }
}
