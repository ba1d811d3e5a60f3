import TareCatalog
import TareCore
import Yams

extension ScenarioParse {
    mutating func workloads(_ node: Node?) -> [String: WorkloadTemplate] {
        guard let node else { return [:] }
        var found: [String: WorkloadTemplate] = [:]
        for (name, value) in fields(node, of: "workloads", known: nil) { found[name] = workload(value, name) }
        return found
    }

    private mutating func workload(_ node: Node, _ name: String) -> WorkloadTemplate {
        let what = "workloads.\(name)"
        let fields = fields(node, of: what, known: ["builtin", "image", "layers", "payload"])
        let sources = ["builtin", "image", "layers"].filter { fields[$0] != nil }
        if sources.count != 1 {
            let hint = "take exactly one of `builtin`, `image` and `layers`"
            diagnostics.report(node.mark, "\(what) has \(sources.count) sources of content", hint: hint)
        }
        let payload = template(fields["payload"], "\(what).payload") { (text) throws(UnitFailure) in
            _ = try UnitText.bytes(text)
        }
        var content = WorkloadContent.builtin("")
        if let builtin = fields["builtin"], let id = text(builtin, "\(what).builtin") {
            named(id, builtin, "\(what).builtin", among: Workload.builtins.map(\.id))
            content = .builtin(id)
        } else if let image = fields["image"] {
            content = .image(text(image, "\(what).image") ?? "")
        } else if let layers = fields["layers"] {
            if items(layers, "\(what).layers").isEmpty {
                diagnostics.report(
                    layers.mark, "\(what).layers names none", hint: "write `[{ copy: app, size: 20MiB }]`")
            }
            content = .layers(items(layers, "\(what).layers").compactMap { layer($0, "\(what).layers") })
        }
        return WorkloadTemplate(content: content, payload: payload)
    }

    private mutating func layer(_ node: Node, _ what: String) -> LayerNumbers? {
        let fields = fields(node, of: what, known: ["run", "copy", "size"])
        guard (fields["run"] == nil) != (fields["copy"] == nil) else {
            diagnostics.report(
                node.mark, "\(what): a layer is one of `run` and `copy`", hint: "write `{ run: TEXT, size: 20MiB }`")
            return nil
        }
        require(["size"], in: fields, of: "a layer of \(what)", at: node)
        guard let size = quantity(fields["size"], "\(what).size", UnitText.bytes) else { return nil }
        let kind: LayerNumbers.Kind = fields["run"] == nil ? .copy : .run
        return LayerNumbers(kind: kind, title: text(fields["run"] ?? fields["copy"], what) ?? "", size: size)
    }

    mutating func services(
        _ node: Node?,
        guests: [String],
        workloads: [String],
        needsGuest: Bool
    ) -> [ServiceTemplate] {
        guard let node else { return [] }
        guard case .sequence = node else {
            diagnostics.report(
                node.mark, "services is not a list", hint: "write `- { name: web, workload: flask }` lines")
            return []
        }
        let rows = items(node, "services")
        if rows.isEmpty { diagnostics.report(node.mark, "services is empty", hint: "name at least one service") }
        var names: Set<String> = []
        return rows.compactMap { row in
            let service = service(row, guests: guests, workloads: workloads, needsGuest: needsGuest)
            if let service, !names.insert(service.name).inserted {
                diagnostics.report(row.mark, "two services are named `\(service.name)`", hint: "give each its own name")
            }
            return service
        }
    }

    private mutating func service(
        _ node: Node,
        guests: [String],
        workloads: [String],
        needsGuest: Bool
    ) -> ServiceTemplate? {
        let known = ["name", "replicas", "workload", "guest", "memory", "writes", "ready", "ready_timeout", "load"]
        let fields = fields(node, of: "a service", known: known)
        guard case .mapping = node else { return nil }
        require(
            needsGuest ? ["name", "workload", "guest"] : ["name", "workload"], in: fields, of: "a service", at: node)
        let name = text(fields["name"], "name") ?? ""
        let workload = text(fields["workload"], "workload") ?? ""
        if let place = fields["workload"], !workload.isEmpty {
            named(workload, place, "workload", among: workloads + Workload.builtins.map(\.id))
        }
        let guest = text(fields["guest"], "guest")
        if let place = fields["guest"], let guest {
            let builtin = BaseSystem.builtins.filter { $0.role == .guest }.map(\.id)
            named(guest, place, "guest", among: guests + builtin)
        }
        let replicas = template(fields["replicas"], "replicas") { (text) throws(UnitFailure) in
            do throws(TareError) { _ = try Scenario.replicas(text, [:], name) } catch {
                throw UnitFailure(error.message, hint: error.hint ?? "write a whole number")
            }
        }
        let memory = template(fields["memory"], "memory") { (text) throws(UnitFailure) in
            let size = try UnitText.bytes(text)
            if size < .mebibytes(1) {
                throw UnitFailure("`\(text)` is too little for a service", hint: "write 1MiB or more")
            }
        }
        var service = ServiceTemplate(
            name: name,
            replicas: replicas ?? "1",
            workload: workload,
            guest: guest,
            memory: memory,
            writes: template(fields["writes"], "writes") { (text) throws(UnitFailure) in
                _ = try UnitText.bytesPerSecond(text)
            },
            ready: template(fields["ready"], "ready") { (text) throws(UnitFailure) in _ = try UnitText.readiness(text)
            },
            readyTimeout: template(fields["ready_timeout"], "ready_timeout") { (text) throws(UnitFailure) in
                _ = try UnitText.someSeconds(text)
            }
        )
        service.load = load(fields["load"])
        return service
    }

    /// A name, or a template whose every value is a name, must be known.
    private mutating func named(_ text: String, _ node: Node, _ what: String, among known: [String]) {
        guard let values = expansions(text, node, what) else { return }
        for value in values where !known.contains(value) {
            unknown(value, node, what, among: known)
            return
        }
    }
}
