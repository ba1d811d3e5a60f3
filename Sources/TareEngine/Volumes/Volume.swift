/// A folder of the host that outlives containers.
public struct Volume: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Where its content is on the host.
    public var path: String
    /// When it was made, RFC 3339.
    public var created: String
    /// Whether it was made for one container that gave it no name, and goes with it.
    public var isAnonymous: Bool
    /// Labels.
    public var labels: [String: String]

    enum CodingKeys: String, CodingKey {
        case name, path, created, labels
        case isAnonymous = "anonymous"
    }
}
