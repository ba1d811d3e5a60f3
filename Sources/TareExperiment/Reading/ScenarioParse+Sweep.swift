import TareCore
import Yams

extension ScenarioParse {
    mutating func sweep(_ node: Node?) -> [SweepDimension] {
        guard let node else { return [] }
        var dimensions: [SweepDimension] = []
        for (name, value) in fields(node, of: "sweep", known: nil).sorted(by: { $0.key < $1.key }) {
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
                let hint = "use letters, digits and `_`, so that `$name` can stand for it"
                diagnostics.report(value.mark, "sweep: `\(name)` is not a name", hint: hint)
                continue
            }
            var values: [String] = []
            if case .mapping = value {
                values = spread(value, name)
            } else {
                for item in items(value, "sweep.\(name)") {
                    guard let text = text(item, "sweep.\(name)") else { continue }
                    if values.contains(text) {
                        diagnostics.report(item.mark, "sweep.\(name): `\(text)` is given twice", hint: "remove one")
                    } else {
                        values.append(text)
                    }
                }
            }
            if values.isEmpty {
                diagnostics.report(value.mark, "sweep.\(name) has no values", hint: "write `[1, 2, 5]`")
            }
            swept[name] = values
            dimensions.append(SweepDimension(name: name, values: values))
        }
        return dimensions
    }

    /// `{ log: 20MiB..2GiB, steps: 7 }` as texts: both ends as given, the steps between at three significant figures.
    private mutating func spread(_ node: Node, _ name: String) -> [String] {
        let what = "sweep.\(name)"
        let fields = fields(node, of: what, known: ["log", "linear", "steps"])
        guard let range = fields["log"] ?? fields["linear"], (fields["log"] == nil) != (fields["linear"] == nil) else {
            diagnostics.report(
                node.mark, "\(what) needs one of `log` and `linear`", hint: "write `{ log: 1MiB..1GiB, steps: 7 }`")
            return ["0"]
        }
        let steps = whole(fields["steps"], "\(what).steps", in: 2...1000)
        if fields["steps"] == nil {
            diagnostics.report(node.mark, "\(what) has no `steps`", hint: "add `steps: 7`")
        }
        guard let steps, let given = text(range, what) else { return ["0"] }
        guard let (lowText, highText) = UnitText.range(given) else {
            diagnostics.report(range.mark, "\(what): `\(given)` is not a range", hint: "write `20MiB..2GiB`")
            return ["0"]
        }
        let unit = UnitText.split(lowText).unit
        func read(_ text: String) throws(UnitFailure) -> Double {
            if unit.isEmpty, let value = Int(text) { return Double(value) }
            return try UnitText.bytes(text).doubleValue
        }
        do throws(UnitFailure) {
            let low = try read(lowText)
            let high = try read(highText)
            guard low < high, low > 0 else {
                diagnostics.report(
                    range.mark, "\(what): the range `\(given)` is empty", hint: "write the lower end first, above 0")
                return ["0"]
            }
            let scale = UnitText.byteUnits[unit] ?? 1
            let between =
                fields["log"] == nil
                ? Spacing.linear(from: low, to: high, steps: steps)
                : Spacing.geometric(from: low, to: high, steps: steps)
            let middle = between.dropFirst().dropLast().map { value in
                let number = value / scale
                let digits = number >= 100 || unit.isEmpty ? 0 : number >= 10 ? 1 : 2
                return NumberText.fixed(number, decimals: digits) + unit
            }
            return [lowText] + middle + [highText]
        } catch {
            diagnostics.report(range.mark, "\(what): \(error.message)", hint: error.hint)
            return ["0"]
        }
    }
}
