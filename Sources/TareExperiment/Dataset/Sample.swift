import TareCore

/// One number with all that is needed to read it: the atom of every dataset.
public struct Sample: Codable, Sendable, Hashable {
    /// The cell's id.
    public var cell: String
    /// The replication within the cell, from 0.
    public var replication: Int
    /// VM or container.
    public var platform: Platform
    /// Simulated or measured.
    public var mode: RunMode
    /// The quantity's name: `disk.used`, `mem.pss`, `start.first-response`, `density.instances`.
    public var quantity: String
    /// `bytes`, `seconds`, `instances`, `USD/h`, `ratio`.
    public var unit: String
    /// Whom it is about: `host` (the sum), `instance` (each on its own share), `instance:17`.
    public var subject: String
    /// Whose part it is, or `nil` for the whole.
    public var owner: Owner?
    /// The value, in `unit`.
    public var value: Double
    /// What kind of number it is.
    public var evidence: Evidence
    /// What a share would be taken of: `host.disk`, `instance.disk.used`, ...; `nil` where there is none.
    public var denominator: String?

    /// Makes a sample.
    public init(
        cell: String,
        replication: Int,
        platform: Platform,
        mode: RunMode,
        quantity: String,
        unit: String,
        subject: String,
        owner: Owner? = nil,
        value: Double,
        evidence: Evidence,
        denominator: String? = nil
    ) {
        self.cell = cell
        self.replication = replication
        self.platform = platform
        self.mode = mode
        self.quantity = quantity
        self.unit = unit
        self.subject = subject
        self.owner = owner
        self.value = value
        self.evidence = evidence
        self.denominator = denominator
    }
}
