import TareCore

/// What an OCI runtime knows of a container.
public struct RuntimeState: Sendable, Hashable, Codable {
    /// The stages of the runtime specification, and the freezer's.
    public enum Stage: String, Sendable, Hashable, Codable {
        /// It is being made.
        case creating
        /// It is made; its program does not run yet.
        case created
        /// Its program runs.
        case running
        /// Its processes are frozen.
        case paused
        /// Its program has ended.
        case stopped
    }

    /// The container's id.
    public var id: String
    /// Its stage.
    public var status: Stage
    /// The process id of its first process on the host; 0 or `nil` where it has ended.
    public var pid: Int32?
    /// The bundle's folder.
    public var bundle: String
}
