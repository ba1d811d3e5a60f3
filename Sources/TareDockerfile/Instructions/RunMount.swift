/// One `--mount` of `RUN`: something that a command sees and that is in no layer.
public struct RunMount: Hashable, Sendable {
    /// What is mounted.
    public var kind: Kind
    /// Where; joined to the working folder where it is not absolute, and `nil` for a secret without a file.
    public var target: String?
    /// The path in the source: of the context, of `from`, of the cache.
    public var source: String?
    /// The stage or image that it comes from; the context or an empty folder where there is none.
    public var from: String?
    /// Whether it cannot be written to.
    public var isReadOnly: Bool
    /// The name of a cache or secret.
    public var id: String?
    /// How several builds use one cache.
    public var sharing: Sharing
    /// The largest size of a tmpfs in bytes.
    public var sizeBytes: Int64?
    /// Permission bits of a cache's folder or a secret's file.
    public var mode: UInt32?
    /// Owner by number.
    public var uid: UInt32?
    /// Group by number.
    public var gid: UInt32?
    /// Whether a secret must be there.
    public var isRequired: Bool
    /// The variable that holds a secret.
    public var environmentName: String?

    /// What a mount is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Files of the context, a stage or an image.
        case bind
        /// A folder that outlives the build.
        case cache
        /// Memory.
        case tmpfs
        /// A file that is in no layer.
        case secret
    }

    /// How several builds use one cache.
    public enum Sharing: String, Hashable, Sendable, CaseIterable {
        /// At once.
        case shared
        /// Each with its own.
        case `private`
        /// One after another.
        case locked
    }
}
