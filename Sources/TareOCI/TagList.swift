/// A registry's answer to `GET /v2/<name>/tags/list`.
public struct TagList: Hashable, Codable, Sendable {
    /// The repository.
    public var name: String
    /// Its tags, sorted; some registries say null where there is none.
    public var tags: [String]?

    /// Makes an answer.
    public init(name: String, tags: [String]) {
        self.name = name
        self.tags = tags
    }
}
