/// Who a process runs as, in numbers: names are looked up in the image before.
public struct ContainerUser: Sendable, Hashable, Codable {
    /// The user's number in the container.
    public var uid: UInt32
    /// The group's number in the container.
    public var gid: UInt32
    /// Further groups.
    public var additionalGroups: [UInt32]
    /// The bits that new files never have.
    public var umask: UInt32?

    /// Root unless said otherwise.
    public init(uid: UInt32 = 0, gid: UInt32 = 0, additionalGroups: [UInt32] = [], umask: UInt32? = nil) {
        self.uid = uid
        self.gid = gid
        self.additionalGroups = additionalGroups
        self.umask = umask
    }
}
