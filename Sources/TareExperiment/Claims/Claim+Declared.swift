import TareCore

extension Claim {
    /// The claim that a scenario states.
    ///
    /// An edge of 0 below, or of 1 above for a share, leaves that side open. The scope is matched on a run's cells, name
    /// by name: values as they are, ranges such as `1..50` or `20MiB..2GiB` as quantities. For cells that come without a
    /// run, `workload`, `os` or `guest`, and `n` are workloads, guests and instances.
    /// - Parameter declared: the claim as the scenario has it.
    /// - Throws: `TareError.invalid` where the quantity or a range cannot be read.
    public init(_ declared: DeclaredClaim) throws(TareError) {
        let quantity = try QuantityExpression(parsing: declared.quantity)
        var settings: [String: [ScopeValue]] = [:]
        for (name, texts) in declared.scope {
            var values: [ScopeValue] = []
            for text in texts { values.append(try ScopeValue(text, of: name)) }
            settings[name] = values
        }
        let counts = (declared.scope["n"] ?? []).flatMap { $0.split(separator: ".") }.compactMap { Int($0) }
        var instances: ClosedRange<Int>?
        if let least = counts.min(), let greatest = counts.max() { instances = least...greatest }
        let low = declared.band.first
        let high = declared.band.count > 1 ? declared.band.last : nil
        self.init(
            id: declared.id,
            text: declared.text,
            quantity: quantity,
            low: low == 0 && high != nil ? nil : low,
            high: high == .greatestFiniteMagnitude || (quantity.isShare && high == 1) ? nil : high,
            scope: Scope(
                workloads: declared.scope["workload"] ?? [],
                guests: (declared.scope["os"] ?? []) + (declared.scope["guest"] ?? []),
                instances: instances,
                settings: settings
            )
        )
    }
}
