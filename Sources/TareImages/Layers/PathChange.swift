/// One changed path of a container, as `docker diff` shows it.
public struct PathChange: Hashable, Codable, Sendable, Comparable {
    /// What happened to it.
    public enum Kind: String, Hashable, Codable, Sendable {
        /// It was not there below.
        case added
        /// It was there below and is different, or something in it is.
        case changed
        /// It was there below and is gone.
        case deleted
    }

    /// Where, from the root: `/etc/passwd`.
    public var path: String
    /// What happened.
    public var kind: Kind

    /// Names a change.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// Sorted by path.
    public static func < (left: PathChange, right: PathChange) -> Bool { left.path < right.path }
}
