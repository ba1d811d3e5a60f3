/// A commented scenario to begin with.
public struct ScenarioTemplate: Sendable, Hashable {
    /// The name that `tare init` takes.
    public let name: String
    /// One line about it.
    public let summary: String
    /// The file's text; it passes `tare check`.
    public let text: String

    /// All templates, the simplest first.
    public static let all: [ScenarioTemplate] = [quick, claim, density, storm, custom]

    /// The template of a name, or `nil`.
    public static func named(_ name: String) -> ScenarioTemplate? { all.first { $0.name == name } }
}
