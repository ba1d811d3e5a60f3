import TareCore

/// A root file system that is complete and kept in the cache.
///
/// Its files may be hard links to those of the root below it, and of others that came from it: **read it only**. To run
/// something in it, put an overlay on it or copy it.
public struct BuiltRoot: Sendable {
    /// The tree.
    public var path: String
    /// Over every entry's path, kind, mode, owner, time, extended attributes and content; see `TreeDigest`.
    public var digest: Digest
    /// The version of each Debian package in it, by name.
    public var packages: [String: String]
    /// When it was built: RFC 3339 text in UTC.
    public var builtOn: String
    /// The wall time of its own building in seconds, without the roots below it.
    public var seconds: Double
    /// Whether it was there already.
    public var fromCache: Bool

    /// Makes a description of a root.
    ///
    /// - Parameters:
    ///   - path: the tree.
    ///   - digest: over the whole tree.
    ///   - packages: versions by package.
    ///   - builtOn: RFC 3339 text.
    ///   - seconds: wall time of its building.
    ///   - fromCache: whether it was there already.
    public init(
        path: String,
        digest: Digest,
        packages: [String: String],
        builtOn: String,
        seconds: Double,
        fromCache: Bool
    ) {
        self.path = path
        self.digest = digest
        self.packages = packages
        self.builtOn = builtOn
        self.seconds = seconds
        self.fromCache = fromCache
    }
}
