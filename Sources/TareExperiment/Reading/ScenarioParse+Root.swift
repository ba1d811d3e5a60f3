import TareCatalog
import TareCore
import Yams

extension ScenarioParse {
    static let rootKeys = [
        "tare", "name", "question", "claims", "host", "platforms", "guests", "services", "workloads", "sweep", "run",
    ]

    /// The whole file; a value is returned even where mistakes were found, which are in `diagnostics`.
    mutating func scenario(_ root: Node) -> Scenario? {
        let fields = fields(root, of: "the scenario", known: Self.rootKeys)
        guard case .mapping = root else { return nil }
        require(["tare", "name", "services"], in: fields, of: "the scenario", at: root)
        if let node = fields["tare"], let version = text(node, "tare"), version != "1" {
            diagnostics.report(node.mark, "schema version `\(version)` is not known", hint: "write `tare: 1`")
        }
        let name = text(fields["name"], "name") ?? ""
        let plain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        if !name.isEmpty, !plain || name.hasPrefix(".") || name.utf8.count > 80 {
            let hint = "use up to 80 letters, digits, `-`, `_` and `.`"
            diagnostics.report(fields["name"]?.mark, "`\(name)` is not a name", hint: hint)
        }
        let question = text(fields["question"], "question")
        let sweep = sweep(fields["sweep"])
        let (vm, container) = platforms(fields["platforms"])
        let guests = guests(fields["guests"])
        let workloads = workloads(fields["workloads"])
        let host = host(fields["host"])
        let services = services(
            fields["services"],
            guests: guests.keys.sorted(),
            workloads: workloads.keys.sorted(),
            needsGuest: vm != nil
        )
        let scenario = Scenario(
            name: name,
            question: question,
            claims: claims(fields["claims"]),
            host: host,
            vm: vm,
            container: container,
            guests: guests,
            services: services,
            workloads: workloads,
            sweep: sweep,
            run: run(fields["run"])
        )
        if let place = fields["sweep"], scenario.isTooLarge {
            diagnostics.report(
                place.mark, "the sweep has more than \(NumberText.count(Scenario.mostCells)) cells",
                hint: "sweep fewer values")
        }
        if diagnostics.combined == nil { checkFit(scenario, services: fields["services"]) }
        return scenario
    }

    /// Reports keys that must be there and are not.
    mutating func require(_ keys: [String], in fields: [String: Node], of what: String, at node: Node) {
        for key in keys where fields[key] == nil {
            diagnostics.report(node.mark, "\(what) has no `\(key)`", hint: "add `\(key):`")
        }
    }

    private mutating func checkFit(_ scenario: Scenario, services: Node?) {
        do throws(TareError) {
            let cells = try scenario.cells()
            for cell in cells {
                let resolved = try scenario.resolved(for: cell)
                guard case .numbers(let host) = resolved.host, scenario.vm != nil else { continue }
                let wanted = resolved.services.reduce(ByteCount.zero) { sum, service in
                    sum + (service.memory ?? .zero) * Int64(service.replicas)
                }
                if wanted > host.memory {
                    let message = "cell `\(cell.id)` wants \(wanted) of memory, the host has \(host.memory)"
                    diagnostics.report(
                        services?.mark, message, hint: "lower `replicas` or `memory`, or take a larger host")
                    return
                }
            }
        } catch {
            diagnostics.report(services?.mark, "\(error.subject): \(error.message)", hint: error.hint ?? "correct it")
        }
    }
}
