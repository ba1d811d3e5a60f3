import TareCore

/// The control groups of a host: which trees there are, and groups in them.
///
/// A host has one tree for all controllers (v2), one a controller (v1), or both beside each other; then the controllers
/// that are on v1 are used there.
public struct Cgroups: Sendable, Hashable {
    /// The interface that is used.
    public enum Interface: String, Sendable, Hashable, Codable {
        /// A tree a controller.
        case v1
        /// One tree.
        case v2
    }

    /// The interface that is used.
    public let interface: Interface
    /// The v1 trees by controller: `memory` in `/sys/fs/cgroup/memory`.
    let trees: [String: String]
    /// All folders in which a group of v1 may stand, those without a controller too, and a v2 tree beside them.
    let folders: [String]
    /// The v2 tree.
    let unified: String

    /// The control groups of this host; reads /proc/self/mounts.
    ///
    /// - Returns: the trees.
    /// - Throws: `unavailable` where none is mounted.
    public static func current() throws(TareError) -> Cgroups {
        try Cgroups(MountTable.current())
    }

    /// The rule behind `current()`.
    init(_ mounts: MountTable) throws(TareError) {
        let known: Set = [
            "cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids", "net_cls", "net_prio",
            "perf_event", "hugetlb", "rdma", "misc",
        ]
        var trees: [String: String] = [:]
        var folders: [String] = []
        for entry in mounts.entries where entry.type == "cgroup" {
            for controller in known.intersection(entry.options) where trees[controller] == nil {
                trees[controller] = entry.folder
            }
            if !folders.contains(entry.folder) { folders.append(entry.folder) }
        }
        let two = mounts.entries.last { $0.type == "cgroup2" }?.folder
        // runc makes a group in the v2 tree of such a host too.
        if let two, !trees.isEmpty { folders.append(two) }
        guard !trees.isEmpty || two != nil else {
            throw TareError(
                .unavailable,
                subject: "cgroups",
                "cannot limit or count containers: no control-group tree is mounted",
                hint: "mount one: mount -t cgroup2 none /sys/fs/cgroup"
            )
        }
        interface = trees.isEmpty ? .v2 : .v1
        self.trees = trees
        self.folders = folders
        unified = two ?? ""
    }

    /// The v2 tree at a folder: for tests, and for a host where it stands elsewhere.
    public init(unified folder: String) {
        interface = .v2
        trees = [:]
        folders = []
        unified = folder
    }

    /// The group of a path, which need not exist.
    ///
    /// - Parameter path: begins with `/tare`, then `/` or `-`; no `.` or `..` in it.
    /// - Returns: the group.
    /// - Throws: `invalid` for any other path: groups that Tare has not made are not touched.
    public func group(_ path: String) throws(TareError) -> any Cgroup {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let first = parts.dropFirst().first ?? ""
        guard parts.first == "", first == "tare" || first.hasPrefix("tare-"),
            parts.dropFirst().allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
        else {
            throw TareError(
                .invalid,
                subject: path,
                "cannot use a control group of that path: it does not stand below /tare",
                hint: "paths begin with /tare/ or /tare-"
            )
        }
        switch interface {
        case .v1: return CgroupV1(path: path, trees: trees, folders: folders)
        case .v2: return CgroupV2(path: path, root: unified)
        }
    }

    /// Refuses limits that this host cannot set, before anything is made.
    ///
    /// - Parameter limits: what is wanted.
    /// - Throws: `unavailable`, naming the controller.
    public func check(_ limits: CgroupLimits) throws(TareError) {
        for need in CgroupNeed.of(limits) {
            switch interface {
            case .v1:
                guard let tree = trees[need.v1Controller] else { throw need.refusal(need.v1Controller) }
                if let file = need.v1RootFile, !FileReading.exists(PathText.join(tree, file)) {
                    throw need.refusal(need.v1Controller, file: file)
                }
            case .v2:
                guard let controller = need.v2Controller else { throw need.refusal(need.v1Controller) }
                let text = FileReading.valueIfPresent(at: PathText.join(unified, "cgroup.controllers")) ?? ""
                guard text.split(separator: " ").contains(Substring(controller)) else {
                    throw need.refusal(controller)
                }
            }
        }
    }
}
