import TareCatalog
import TareCore

extension Scenario {
    /// The most cells of a sweep.
    public static let mostCells = 100_000

    /// Whether the sweep has more cells than may be; counted without making them.
    var isTooLarge: Bool {
        var count = 1
        for dimension in sweep {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension.values.count)
            guard !overflow, product <= Self.mostCells else { return true }
            count = product
        }
        return false
    }

    /// The full factorial of the sweep, first name slowest; one cell with no settings where nothing is swept.
    ///
    /// - Returns: the cells, in a stable order.
    /// - Throws: `TareError.invalid` where a replica count cannot be resolved.
    /// - Complexity: O(cells x names).
    public func cells() throws(TareError) -> [Cell] {
        guard !isTooLarge else {
            throw TareError(
                .invalid, subject: "sweep", "has more than \(NumberText.count(Self.mostCells)) cells",
                hint: "sweep fewer values")
        }
        var combinations: [[String: String]] = [[:]]
        for dimension in sweep {
            var next: [[String: String]] = []
            next.reserveCapacity(combinations.count * dimension.values.count)
            for settings in combinations {
                for value in dimension.values {
                    var extended = settings
                    extended[dimension.name] = value
                    next.append(extended)
                }
            }
            combinations = next
        }
        var cells: [Cell] = []
        cells.reserveCapacity(combinations.count)
        for settings in combinations {
            let id = sweep.map { "\($0.name)=\(settings[$0.name] ?? "")" }.joined(separator: ",")
            var instances = 0
            for service in services { instances += try Self.replicas(service.replicas, settings, service.name) }
            cells.append(Cell(id: id.isEmpty ? "all" : id, settings: settings, instances: instances))
        }
        return cells
    }

    /// One cell with every swept name replaced by its value.
    ///
    /// - Parameter cell: a cell of this scenario.
    /// - Returns: all that a runner needs.
    /// - Throws: `TareError.invalid` where a value does not fit its field.
    public func resolved(for cell: Cell) throws(TareError) -> ResolvedCell {
        var resolved: [ResolvedService] = []
        for service in services { resolved.append(try resolve(service, cell.settings)) }
        return ResolvedCell(cell: cell, host: host, vm: vm, container: container, services: resolved)
    }

    private func resolve(_ service: ServiceTemplate, _ settings: [String: String]) throws(TareError) -> ResolvedService
    {
        let place = "services.\(service.name)"
        func text(_ template: String?, _ field: String) throws(TareError) -> String? {
            guard let template else { return nil }
            return try Self.substitute(template, settings, "\(place).\(field)")
        }
        func read<Value>(
            _ template: String?,
            _ field: String,
            _ body: (String) throws(UnitFailure) -> Value
        ) throws(TareError) -> Value? {
            guard let value = try text(template, field) else { return nil }
            do throws(UnitFailure) { return try body(value) } catch {
                throw TareError(.invalid, subject: "\(place).\(field)", error.message, hint: error.hint)
            }
        }
        let workloadName = try text(service.workload, "workload") ?? service.workload
        let template = workloads[workloadName] ?? WorkloadTemplate(content: .builtin(workloadName))
        var content = template.content
        if case .builtin(let id) = content { content = .builtin(try text(id, "workload") ?? id) }
        if case .image(let reference) = content { content = .image(try text(reference, "workload") ?? reference) }
        let guestName = try text(service.guest, "guest") ?? ""
        var resolved = ResolvedService(
            name: service.name,
            replicas: try Self.replicas(service.replicas, settings, service.name),
            workload: workloadName,
            content: content,
            payload: try read(template.payload, "payload", UnitText.bytes) ?? .zero,
            guestName: guestName,
            guest: guestName.isEmpty ? nil : guests[guestName] ?? .builtin(guestName),
            memory: try read(service.memory, "memory", UnitText.bytes),
            writesBytesPerSecond: try read(service.writes, "writes", UnitText.bytesPerSecond) ?? 0,
            ready: try read(service.ready, "ready", UnitText.readiness),
            readyTimeoutSeconds: try read(service.readyTimeout, "ready_timeout", UnitText.seconds) ?? 30
        )
        resolved.load = try service.load?.resolved(settings, at: place)
        return resolved
    }

    /// `template` with every `$name` replaced; longer names win, `$` without a known name is an error.
    static func substitute(
        _ template: String,
        _ settings: [String: String],
        _ place: String
    ) throws(TareError) -> String {
        guard template.contains("$") else { return template }
        var out = ""
        var rest = Substring(template)
        while let dollar = rest.firstIndex(of: "$") {
            out += rest[..<dollar]
            let after = rest[rest.index(after: dollar)...]
            let name = after.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard let value = settings[String(name)] else {
                let near = Suggestion.nearest(to: String(name), among: settings.keys.sorted())
                throw TareError(
                    .invalid,
                    subject: place,
                    "`$\(name)` is not swept",
                    hint: near.map { "did you mean `$\($0)`?" } ?? "add `\(name)` to `sweep`"
                )
            }
            out += value
            rest = after[name.endIndex...]
        }
        return out + rest
    }

    /// The number of replicas: a product of whole numbers and swept names, at least 1.
    static func replicas(
        _ template: String,
        _ settings: [String: String],
        _ service: String
    ) throws(TareError) -> Int {
        let place = "services.\(service).replicas"
        let text = try substitute(template, settings, place)
        var product = 1
        for factor in text.split(separator: "*", omittingEmptySubsequences: false) {
            let trimmed = factor.split(separator: " ").joined(separator: " ")
            let (value, overflow) = product.multipliedReportingOverflow(by: Int(trimmed) ?? 0)
            guard let number = Int(trimmed), number > 0, !overflow, value <= 1_000_000 else {
                throw TareError(
                    .invalid,
                    subject: place,
                    "`\(text)` is not a number of replicas",
                    hint: "write a whole number from 1 to 1000000, `$n`, or a product such as `2*$n`"
                )
            }
            product = value
        }
        return product
    }
}
