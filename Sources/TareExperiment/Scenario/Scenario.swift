import TareCatalog
import TareCore

/// A checked scenario: what a YAML file means, with every unit resolved.
public struct Scenario: Codable, Sendable {
    /// The scenario's name: a word of letters, digits, `-`, `_` and `.`.
    public var name: String

    /// Makes a scenario.
    public init(name: String) { self.name = name }
}
