import TareCore

/// A statement about the world made testable: words, a quantity, a band and the scope that it is said of.
public struct Claim: Hashable, Sendable {
    /// What the claim is said of; an empty list or `nil` leaves that side open.
    public struct Scope: Codable, Hashable, Sendable {
        /// Workload ids.
        public var workloads: [String]
        /// Guest system ids.
        public var guests: [String]
        /// Instances side by side, from and to.
        public var instances: ClosedRange<Int>?
        /// Bytes beside the numerator (runtime, app and data), from and to.
        public var payloadBytes: ClosedRange<Double>?
        /// What a run's swept names may be, by name; one of the values has to match.
        public var settings: [String: [ScopeValue]]

        /// Makes a scope.
        public init(
            workloads: [String] = [],
            guests: [String] = [],
            instances: ClosedRange<Int>? = nil,
            payloadBytes: ClosedRange<Double>? = nil,
            settings: [String: [ScopeValue]] = [:]
        ) {
            self.workloads = workloads
            self.guests = guests
            self.instances = instances
            self.payloadBytes = payloadBytes
            self.settings = settings
        }

        /// What remains to be asked of a cell's value once the swept names have picked the cells.
        ///
        /// A swept name's values are not asked twice: two services with `n` replicas each are 2 n instances.
        var withoutSettings: Scope {
            var rest = self
            rest.settings = [:]
            if settings["workload"] != nil { rest.workloads = [] }
            if settings["os"] != nil || settings["guest"] != nil { rest.guests = [] }
            if settings["n"] != nil { rest.instances = nil }
            return rest
        }

        /// Whether a cell belongs to the scope, as far as a cell's value tells; swept names are matched on a run's cells.
        public func contains(_ cell: ClaimResult.CellShare) -> Bool {
            (workloads.isEmpty || workloads.contains(cell.workload))
                && (guests.isEmpty || guests.contains(cell.guest))
                && (instances?.contains(cell.instances) ?? true)
                && (payloadBytes?.contains(cell.wholeBytes - cell.partBytes) ?? true)
        }
    }

    /// The claim's id: `os-share-disk`.
    public var id: String
    /// The claim as it was said.
    public var text: String
    /// What is computed.
    public var quantity: QuantityExpression
    /// The least value that agrees with the claim; `nil` where that side is open.
    public var low: Double?
    /// The greatest value that agrees with the claim; `nil` where that side is open.
    public var high: Double?
    /// What it is said of.
    public var scope: Scope

    /// Makes a claim; without `low` and `high` it is untestable and only its value is shown.
    public init(
        id: String,
        text: String,
        quantity: QuantityExpression,
        low: Double? = nil,
        high: Double? = nil,
        scope: Scope = Scope()
    ) {
        self.id = id
        self.text = text
        self.quantity = quantity
        self.low = low
        self.high = high
        self.scope = scope
    }

    /// The band as two numbers, empty where no number was agreed.
    ///
    /// An open side of a share is 0 or 1; of any other quantity 0 or the greatest finite number, and of a difference,
    /// which may be negative, the least finite number.
    public var band: [Double] {
        guard low != nil || high != nil else { return [] }
        return [
            low ?? (quantity.isDifference ? -.greatestFiniteMagnitude : 0),
            high ?? (quantity.isShare ? 1 : .greatestFiniteMagnitude),
        ]
    }
}
