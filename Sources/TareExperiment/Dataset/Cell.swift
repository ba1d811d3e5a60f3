import TareCore

/// One point of a scenario's sweep: a value for every swept name, and the number of instances.
public struct Cell: Codable, Sendable, Hashable {
    /// Stable id: the settings in the order of their names, `app=20MiB,n=10,os=cloud-server`.
    public var id: String
    /// The swept values by name, as text with their units.
    public var settings: [String: String]
    /// Instances of each service together.
    public var instances: Int

    /// Makes a cell.
    public init(id: String, settings: [String: String], instances: Int) {
        self.id = id
        self.settings = settings
        self.instances = instances
    }
}
