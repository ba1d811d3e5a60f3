import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// Reads what a running container has used until now: some small files of its control group.
    ///
    /// - Throws: `invalid` where it does not run.
    public func usage(_ id: ContainerID) throws(TareError) -> UsageReading {
        let record = try running(id, "cannot count what it uses")
        let groups = try Cgroups.current()
        let group = try groups.group(Self.cgroup(id))
        var network: NetworkCount?
        if record.options.network != "host", let pid = containers.folder(id).run.pid {
            network = (try? FileReading.text(at: "/proc/\(pid)/net/dev")).map { NetworkCount($0) }
        }
        return UsageReading(
            monotonic: HostClock.monotonicNanoseconds(),
            usage: try group.usage(),
            limits: try group.limits(),
            interface: groups.interface,
            network: network
        )
    }

    /// The processes of a running container, first process first.
    ///
    /// - Throws: `invalid` where it does not run.
    /// - Complexity: O(processes), three small files each.
    public func processes(_ id: ContainerID) throws(TareError) -> [ContainerProcess] {
        _ = try running(id, "cannot list its processes")
        let group = try Cgroups.current().group(Self.cgroup(id))
        return try group.processes().sorted().compactMap { ContainerProcess($0) }
    }
}
