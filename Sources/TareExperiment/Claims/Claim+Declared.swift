import TareCore

extension Claim {
    /// The claim that a scenario states.
    ///
    /// An edge of 0 below, or of 1 above for a share, leaves that side open. A swept name's values become the scope where
    /// they are workloads (`workload`), guests (`os`, `guest`) or instances (`n`, as `1..50` or single numbers).
    /// - Parameter declared: the claim as the scenario has it.
    /// - Throws: `TareError.invalid` where the quantity cannot be read.
    public init(_ declared: DeclaredClaim) throws(TareError) {
        let quantity = try QuantityExpression(parsing: declared.quantity)
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
                instances: instances
            )
        )
    }
}
