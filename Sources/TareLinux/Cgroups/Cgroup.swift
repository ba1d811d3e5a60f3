import TareCore

/// A control group: a set of processes that the kernel counts and limits together.
///
/// One protocol for both kinds of kernel interface: on v1 a group is a folder in each controller's tree, on v2 one folder.
/// Every call but the constructor touches the host's control groups; all block for some file operations, `delete` and
/// `killAll` for up to some seconds. Only groups whose path begins with `/tare` can be named: nobody else's are touched.
public protocol Cgroup: Sendable {
    /// The path below the root of each tree: `/tare/web`.
    var path: String { get }

    /// Whether it is there.
    var exists: Bool { get }

    /// Makes it, and the groups above it; nothing happens where it is there.
    func create() throws(TareError)

    /// Moves a process into it, with all its threads.
    func attach(_ pid: Int32) throws(TareError)

    /// Sets limits; what is `nil` stays as it is.
    ///
    /// - Throws: `unavailable`, naming the controller, where the host cannot limit that: nothing is ignored. The limits
    ///   before it in the order of `CgroupLimits` have been set then.
    func apply(_ limits: CgroupLimits) throws(TareError)

    /// The limits that hold now, as far as the host has controllers for them.
    func limits() throws(TareError) -> CgroupLimits

    /// What it has used.
    func usage() throws(TareError) -> CgroupUsage

    /// Stops all its processes where they are, and waits until they have stopped.
    func freeze() throws(TareError)

    /// Lets them go on.
    func thaw() throws(TareError)

    /// The numbers of its processes, those in groups below it included.
    func processes() throws(TareError) -> [Int32]

    /// Ends all its processes and waits until they have gone.
    func killAll() throws(TareError)

    /// Removes it and the groups below it; tries again while the kernel lets go of ended processes. Nothing happens where
    /// it is not there.
    func delete() throws(TareError)
}
