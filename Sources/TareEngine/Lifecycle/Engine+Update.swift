import TareCore
import TareImages
import TareLinux
import TareRuntime

extension Engine {
    /// Changes a container's limits and restart policy; where it runs, its limits hold at once.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - limits: the new ones; what is `nil` stays.
    ///   - restart: the new policy; `nil` leaves it.
    /// - Throws: `unavailable` for a limit that the host cannot set; `invalid` where it uses more than the new limit.
    public func update(_ id: ContainerID, limits: CgroupLimits, restart: RestartPolicy? = nil) throws(TareError) {
        try Cgroups.current().check(limits)
        let lock = try containers.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let folder = containers.folder(id)
        var record = try folder.readRecord()
        record.options.limits.take(limits)
        if let restart {
            if record.options.removesItself, restart.rule != .no {
                throw TareError(
                    .usage, subject: record.name, "it removes itself when it ends, so it cannot be started again")
            }
            record.options.restart = restart
        }
        if try finishLocked(id).phase == .started, limits != CgroupLimits() {
            try runtime(record.runtime).update(id.description, limits)
        }
        try folder.write(record)
        events.add(.container, "update", id.description, ["name": record.name])
    }

    /// What a container's writable layer takes on the disk, without the image that it stands on.
    ///
    /// - Complexity: O(files in the layer).
    public func writableUsage(_ id: ContainerID) throws(TareError) -> SnapshotUsage {
        let record = try containers.folder(id).readRecord()
        return try library(of: record).snapshots.usage(Self.key(id))
    }
}

extension CgroupLimits {
    /// Takes over what another one states.
    mutating func take(_ other: CgroupLimits) {
        memory = other.memory ?? memory
        memoryAndSwap = other.memoryAndSwap ?? memoryAndSwap
        memoryReservation = other.memoryReservation ?? memoryReservation
        cpuQuota = other.cpuQuota ?? cpuQuota
        cpuPeriod = other.cpuPeriod ?? cpuPeriod
        cpuShares = other.cpuShares ?? cpuShares
        cpus = other.cpus ?? cpus
        memoryNodes = other.memoryNodes ?? memoryNodes
        tasks = other.tasks ?? tasks
        ioWeight = other.ioWeight ?? ioWeight
        if !other.ioRates.isEmpty { ioRates = other.ioRates }
        realtimeRuntime = other.realtimeRuntime ?? realtimeRuntime
        hugePages.merge(other.hugePages) { $1 }
        networkClass = other.networkClass ?? networkClass
    }
}
