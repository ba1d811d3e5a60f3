import TareCore
import Yams

extension ScenarioParse {
    mutating func run(_ node: Node?) -> RunSettings {
        var run = RunSettings()
        guard let node else { return run }
        let known = ["modes", "reps", "order", "warm_up", "stop_when", "seed", "budget"]
        let fields = fields(node, of: "run", known: known)
        if let modes = fields["modes"] {
            let words = items(modes, "run.modes").compactMap {
                word($0, "run.modes", among: RunMode.allCases.map(\.rawValue))
            }
            if words.isEmpty { reportEmpty(modes, "run.modes", "[simulate]") }
            run.modes = RunMode.allCases.filter { words.contains($0.rawValue) }
        }
        if let reps = fields["reps"] {
            let parts = self.fields(reps, of: "run.reps", known: ["start", "memory", "disk"])
            run.repetitions = RunSettings.Repetitions(
                start: whole(parts["start"], "run.reps.start", in: 1...100_000) ?? run.repetitions.start,
                memory: whole(parts["memory"], "run.reps.memory", in: 1...100_000) ?? run.repetitions.memory,
                disk: whole(parts["disk"], "run.reps.disk", in: 1...100_000) ?? run.repetitions.disk
            )
        }
        let orders = RunSettings.Order.allCases.map(\.rawValue)
        if let order = word(fields["order"], "run.order", among: orders) {
            run.order = RunSettings.Order(rawValue: order) ?? run.order
        }
        if let warmUp = fields["warm_up"] {
            let parts = self.fields(warmUp, of: "run.warm_up", known: ["discard", "cache"])
            run.discard = whole(parts["discard"], "run.warm_up.discard", in: 0...1000) ?? 0
            if let cache = parts["cache"] {
                let states = RunSettings.Cache.allCases
                let words = items(cache, "run.warm_up.cache").compactMap {
                    word($0, "run.warm_up.cache", among: states.map(\.rawValue))
                }
                if words.isEmpty { reportEmpty(cache, "run.warm_up.cache", "[cold]") }
                run.caches = states.filter { words.contains($0.rawValue) }
            }
        }
        if let stop = fields["stop_when"] { run.stopWhen = stopRule(stop, floor: run.repetitions.most) }
        if let seed = fields["seed"], let given = text(seed, "run.seed") {
            if let value = UInt64(given) {
                run.seed = value
            } else {
                diagnostics.report(seed.mark, "run.seed: `\(given)` is not a seed", hint: "write a whole number from 0")
            }
        }
        run.budgetSeconds = quantity(fields["budget"], "run.budget", UnitText.someSeconds)
        return run
    }

    private mutating func stopRule(_ node: Node, floor: Int) -> RunSettings.StopRule? {
        let what = "run.stop_when"
        let fields = fields(node, of: what, known: ["ci_half_width", "of", "max_reps", "quantities"])
        require(["ci_half_width"], in: fields, of: what, at: node)
        let estimators = RunSettings.Estimator.allCases.map(\.rawValue)
        let of = word(fields["of"], "\(what).of", among: estimators)
        let most = whole(fields["max_reps"], "\(what).max_reps", in: 1...100_000) ?? 200
        if most < floor, let place = fields["max_reps"] {
            let hint = "write \(floor) or more, or lower `reps`"
            diagnostics.report(place.mark, "\(what).max_reps is below `reps`, which is \(floor)", hint: hint)
        }
        guard let width = quantity(fields["ci_half_width"], "\(what).ci_half_width", UnitText.someShare) else {
            return nil
        }
        return RunSettings.StopRule(
            halfWidth: width,
            of: of.flatMap(RunSettings.Estimator.init(rawValue:)) ?? .median,
            most: most,
            quantities: watched(fields["quantities"], "\(what).quantities")
        )
    }

    private mutating func watched(_ node: Node?, _ what: String) -> [String]? {
        guard let node else { return nil }
        let names = items(node, what).compactMap { word($0, what, among: QuantityExpression.quantities) }
        if names.isEmpty { reportEmpty(node, what, "[start.first-response]") }
        return names
    }

    private mutating func reportEmpty(_ node: Node, _ what: String, _ example: String) {
        if diagnostics.found.contains(where: { $0.error.message.hasPrefix("\(what):") }) { return }
        diagnostics.report(node.mark, "\(what) names none", hint: "write `\(example)`")
    }

    mutating func claims(_ node: Node?) -> [DeclaredClaim] {
        var ids: Set<String> = []
        return items(node, "claims").compactMap { row in
            let claim = claim(row)
            if let claim, !ids.insert(claim.id).inserted {
                diagnostics.report(row.mark, "two claims have the id `\(claim.id)`", hint: "give each its own id")
            }
            return claim
        }
    }

    private mutating func claim(_ node: Node) -> DeclaredClaim? {
        let known = ["id", "text", "quantity", "band", "at_least", "at_most", "scope"]
        let fields = fields(node, of: "a claim", known: known)
        guard case .mapping = node else { return nil }
        require(["id", "text", "quantity"], in: fields, of: "a claim", at: node)
        let edges = ["band", "at_least", "at_most"].filter { fields[$0] != nil }
        if edges.count > 1 {
            let hint = "take one of `band`, `at_least` and `at_most`"
            diagnostics.report(fields[edges[1]]?.mark, "the claim has both `\(edges[0])` and `\(edges[1])`", hint: hint)
        }
        var band: [Double] = []
        if let given = fields["band"] { band = quantity(given, "band", UnitText.band) ?? [] }
        if let given = fields["at_least"], let low = quantity(given, "at_least", UnitText.share) {
            let isShare = (fields["quantity"]?.scalar?.string ?? "").hasPrefix("share")
            band = [low, isShare ? 1 : .greatestFiniteMagnitude]
        }
        if let given = fields["at_most"], let high = quantity(given, "at_most", UnitText.share) { band = [0, high] }
        var scope: [String: [String]] = [:]
        if let given = fields["scope"] {
            for (name, values) in self.fields(given, of: "scope", known: swept.keys.sorted()) {
                scope[name] = items(values, "scope.\(name)").compactMap { scopeText($0, name) }
            }
        }
        let quantity = text(fields["quantity"], "quantity") ?? ""
        if let place = fields["quantity"], !quantity.isEmpty { check(quantity, at: place) }
        return DeclaredClaim(
            id: text(fields["id"], "id") ?? "",
            text: text(fields["text"], "text") ?? "",
            quantity: quantity,
            band: band,
            scope: scope
        )
    }

    private mutating func scopeText(_ node: Node, _ name: String) -> String? {
        guard let text = text(node, "scope.\(name)") else { return nil }
        do throws(TareError) { _ = try ScopeValue(text, of: name) } catch {
            diagnostics.report(node.mark, "\(error.subject): \(error.message)", hint: error.hint ?? "correct it")
        }
        return text
    }

    /// Reports a quantity that cannot be computed, at the column inside the text where that is known.
    private mutating func check(_ quantity: String, at place: Node) {
        do throws(TareError) { _ = try QuantityExpression(parsing: quantity) } catch {
            let offset = error.subject.split(separator: " ").last.flatMap { Int($0) } ?? 1
            let mark = place.mark
            let quoted = place.scalar.map { $0.style == .doubleQuoted || $0.style == .singleQuoted } ?? false
            diagnostics.report(
                line: max(1, mark?.line ?? 1),
                column: max(1, mark?.column ?? 1) + offset - 1 + (quoted ? 1 : 0),
                "quantity: \(error.message)",
                hint: error.hint ?? "write such as `share(os, disk.used, per=instance)`"
            )
        }
    }
}
