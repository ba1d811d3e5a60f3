import Glibc
import TareCore

/// Which control groups the machine has: one tree (v2), one a controller (v1), or both.
public struct CgroupLayout: Codable, Sendable, Hashable {
    /// The layout's kind.
    public enum Version: String, Codable, Sendable, CaseIterable {
        /// Nothing is mounted.
        case none
        /// One mount a controller.
        case v1
        /// One tree for all controllers.
        case v2
        /// Controllers on v1 mounts, beside a v2 tree.
        case hybrid
    }

    /// The layout's kind.
    public var version: Version
    /// The controllers that can be used, sorted.
    public var controllers: [String]
    /// Where it is mounted; of several mounts the folder of the first.
    public var folder: String?
    /// Whether this user may make groups.
    public var isWritable: Bool

    enum CodingKeys: String, CodingKey {
        case version, controllers, folder
        case isWritable = "writable"
    }

    /// The layout of this machine; reads two or three small files.
    public static func current() -> CgroupLayout {
        let mounts = MountTable.current()
        var layout = read(mounts) { FileReading.valueIfPresent(at: $0) }
        layout.isWritable = layout.folder.map { access($0, W_OK) == 0 } ?? false
        return layout
    }

    /// The rule behind `current()`; `value` reads a file.
    static func read(_ mounts: MountTable, value: (String) -> String?) -> CgroupLayout {
        let known: Set = [
            "cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "io", "pids", "net_cls", "net_prio",
            "perf_event", "hugetlb", "rdma", "misc",
        ]
        let one = mounts.entries.filter { $0.type == "cgroup" }
        let two = mounts.entries.last { $0.type == "cgroup2" }
        var controllers = Set(one.flatMap(\.options)).intersection(known)
        let onOne = !controllers.isEmpty
        if let two, let text = value(PathText.join(two.folder, "cgroup.controllers")) {
            controllers.formUnion(text.split(separator: " ").map(String.init))
        }
        let version: Version =
            switch (onOne, two != nil) {
            case (true, true): .hybrid
            case (true, false): .v1
            case (false, true): .v2
            case (false, false): .none
            }
        return CgroupLayout(
            version: version,
            controllers: controllers.sorted(),
            folder: onOne ? one.first { !known.isDisjoint(with: $0.options) }?.folder : two?.folder,
            isWritable: false
        )
    }
}
