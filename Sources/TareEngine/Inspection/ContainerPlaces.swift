import TareCore
import TareLinux
import TareRuntime

/// Where a container's weight lies on the host: for whoever weighs it.
public struct ContainerPlaces: Sendable, Hashable {
    /// The path of its control group.
    public var cgroup: String
    /// The process id of its supervisor; `nil` where none lives.
    public var supervisor: Int32?
    /// The process id of its first process; `nil` where there is none.
    public var process: Int32?
    /// The key of its writable layer.
    public var snapshot: String
    /// Its folder: records, log and what is mounted into it.
    public var folder: String
    /// Its log file.
    public var log: String
    /// Moments of its last start.
    public var marks: [TareRuntime.StartMark]
}

extension Engine {
    /// Where a container's weight lies now.
    ///
    /// - Throws: `notFound`; `corrupt` where the record of its end cannot be read.
    public func places(of id: ContainerID) throws(TareError) -> ContainerPlaces {
        let folder = containers.folder(id)
        var supervisor: Int32?
        if case .supervised(let process) = try folder.run.status() { supervisor = process }
        return ContainerPlaces(
            cgroup: Self.cgroup(id),
            supervisor: supervisor,
            process: folder.run.pid,
            snapshot: Self.key(id),
            folder: folder.path,
            log: folder.run.log,
            marks: folder.run.marks()
        )
    }

    /// The folders below the state folder whose blocks grow by containers and their images.
    public var storeFolders: [String] {
        ["images", "containers", "volumes", "network", "runtime"].map { PathText.join(state, $0) }
    }
}
