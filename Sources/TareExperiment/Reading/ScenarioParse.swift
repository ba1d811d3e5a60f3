import TareCore
import Yams

/// One reading of one file: fields as they are read, mistakes as they are found.
struct ScenarioParse {
    var diagnostics: ScenarioDiagnostics
    /// Values by swept name, for the templates that use them.
    var swept: [String: [String]] = [:]

    init(file: String) { diagnostics = ScenarioDiagnostics(file: file) }

    /// The pairs of a mapping whose keys are all known; an unknown one is reported with its nearest neighbour.
    mutating func fields(_ node: Node, of what: String, known: [String]?) -> [String: Node] {
        guard case .mapping(let mapping) = node else {
            diagnostics.report(node.mark, "\(what) is not a mapping", hint: "write `key: value` lines")
            return [:]
        }
        var found: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                diagnostics.report(key.mark, "a key of \(what) is not a word", hint: "write `key: value`")
                continue
            }
            if let known, !known.contains(name) {
                let near = Suggestion.nearest(to: name, among: known)
                diagnostics.report(
                    key.mark,
                    "unknown key `\(name)` in \(what)",
                    hint: near.map { "did you mean `\($0)`?" } ?? "known keys: \(known.joined(separator: ", "))"
                )
                continue
            }
            found[name] = value
        }
        return found
    }

    /// The text of a scalar, as it was written.
    mutating func text(_ node: Node?, _ what: String) -> String? {
        guard let node else { return nil }
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            diagnostics.report(node.mark, "\(what) is not a value", hint: "write one value")
            return nil
        }
        return scalar.string
    }

    /// The items of a list; a single value counts as a list of one.
    mutating func items(_ node: Node?, _ what: String) -> [Node] {
        guard let node else { return [] }
        switch node {
        case .sequence(let sequence): return Array(sequence)
        case .scalar: return [node]
        default:
            diagnostics.report(node.mark, "\(what) is not a list", hint: "write `[a, b]`")
            return []
        }
    }

    /// A quantity with its unit.
    mutating func quantity<Value>(
        _ node: Node?,
        _ what: String,
        _ read: (String) throws(UnitFailure) -> Value
    ) -> Value? {
        guard let node, let text = text(node, what) else { return nil }
        do throws(UnitFailure) { return try read(text) } catch {
            diagnostics.report(node.mark, "\(what): \(error.message)", hint: error.hint)
            return nil
        }
    }

    /// A whole number in a range.
    mutating func whole(_ node: Node?, _ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let node, let text = text(node, what) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            let hint = "write a whole number from \(range.lowerBound) to \(range.upperBound)"
            diagnostics.report(node.mark, "\(what): `\(text)` is not such a number", hint: hint)
            return nil
        }
        return value
    }

    /// One of several words.
    mutating func word(_ node: Node?, _ what: String, among known: [String]) -> String? {
        guard let node, let text = text(node, what) else { return nil }
        if known.contains(text) { return text }
        unknown(text, node, what, among: known)
        return nil
    }

    /// Reports a name that is not known, with its nearest neighbour.
    mutating func unknown(_ text: String, _ node: Node?, _ what: String, among known: [String]) {
        let near = Suggestion.nearest(to: text, among: known)
        let list = known.prefix(12).joined(separator: ", ")
        diagnostics.report(
            node?.mark,
            "\(what): `\(text)` is not known",
            hint: near.map { "did you mean `\($0)`?" } ?? "known: \(list)"
        )
    }

    /// Checks a template for every value of its swept name.
    mutating func template(_ node: Node?, _ what: String, _ check: (String) throws(UnitFailure) -> Void) -> String? {
        guard let node, let text = text(node, what) else { return nil }
        guard let values = expansions(text, node, what) else { return text }
        for value in values {
            do throws(UnitFailure) { try check(value) } catch {
                let place = value == text ? what : "\(what) (`\(text)` is `\(value)`)"
                diagnostics.report(node.mark, "\(place): \(error.message)", hint: error.hint)
                return text
            }
        }
        return text
    }

    /// Every text that a template can become; `nil` where a name in it is not swept, which is reported.
    mutating func expansions(_ text: String, _ node: Node, _ what: String) -> [String]? {
        guard text.contains("$") else { return [text] }
        var results = [""]
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            let before = String(rest[..<dollar])
            let after = rest[rest.index(after: dollar)...]
            let name = String(after.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            guard let values = swept[name] else {
                let near = Suggestion.nearest(to: name, among: swept.keys.sorted())
                diagnostics.report(
                    node.mark,
                    "\(what): `$\(name)` is not swept",
                    hint: near.map { "did you mean `$\($0)`?" } ?? "add `\(name)` to `sweep`"
                )
                return nil
            }
            results = results.flatMap { head in values.map { head + before + $0 } }
            rest = after.dropFirst(name.count)
        }
        return results.map { $0 + rest }
    }
}
