import TareDockerfile

/// A command of `RUN`, with everything resolved.
public struct StepCommand: Hashable, Sendable {
    /// The folder where the root is mounted.
    public var root: String
    /// The program and its words.
    public var words: [String]
    /// All of its environment, as `NAME=value`.
    public var environment: [String]
    /// Where it starts, in the root.
    public var workingDirectory: String
    /// Who it runs as.
    public var user: StepUser
    /// What it sees besides; each target is there already.
    public var mounts: [StepMount]
    /// What network it sees.
    public var network: RunStep.Network
}

/// Who a step runs as, in numbers.
public struct StepUser: Hashable, Sendable {
    /// The user.
    public var uid: UInt32
    /// The group.
    public var gid: UInt32
    /// Further groups.
    public var groups: [UInt32]
    /// The home folder.
    public var home: String

    /// Names a user by numbers.
    public init(uid: UInt32 = 0, gid: UInt32 = 0, groups: [UInt32] = [], home: String = "/root") {
        self.uid = uid
        self.gid = gid
        self.groups = groups
        self.home = home
    }
}

/// Something that a command sees in its root and that is in no layer.
public struct StepMount: Hashable, Sendable {
    /// The path on the host, of the root's folder and all; nothing on the way is a link.
    public var target: String
    /// What is there.
    public var content: Content

    /// What a mount shows.
    public enum Content: Hashable, Sendable {
        /// A file or folder of the host.
        case bind(String, isReadOnly: Bool)
        /// A folder of the host; what is written is thrown away. `scratch` is a folder for it.
        case throwAway(String, scratch: String)
        /// Memory, with at most so many bytes.
        case memory(Int64?)
    }

    /// Names a mount.
    public init(target: String, content: Content) {
        self.target = target
        self.content = content
    }
}
