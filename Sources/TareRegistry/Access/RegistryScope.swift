/// What a token is asked for: actions on one repository, in the token protocol's words.
struct RegistryScope: Hashable, Sendable, CustomStringConvertible {
    /// The repository.
    var repository: String
    /// The actions.
    var actions: Actions

    /// What may be done.
    enum Actions: String, Sendable {
        case pull = "pull"
        case push = "pull,push"
        case delete = "delete"
    }

    /// `repository:library/debian:pull`.
    var description: String { "repository:\(repository):\(actions.rawValue)" }
}
