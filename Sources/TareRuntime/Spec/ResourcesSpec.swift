import TareCore
import TareLinux

/// Limits as the specification and `update` have them.
struct ResourcesSpec: Codable, Sendable, Hashable {
    struct DeviceRule: Codable, Sendable, Hashable {
        var allow: Bool
        var type: String?
        var major: Int64?
        var minor: Int64?
        var access: String
    }

    struct Memory: Codable, Sendable, Hashable {
        var limit: Int64?
        var reservation: Int64?
        var swap: Int64?
    }

    struct CPU: Codable, Sendable, Hashable {
        var shares: UInt64?
        var quota: Int64?
        var period: UInt64?
        var cpus: String?
        var mems: String?
        var realtimeRuntime: Int64?
    }

    struct Tasks: Codable, Sendable, Hashable { var limit: Int64 }

    struct Rate: Codable, Sendable, Hashable {
        var major: Int64
        var minor: Int64
        var rate: UInt64
    }

    struct BlockIO: Codable, Sendable, Hashable {
        var weight: UInt16?
        var throttleReadBpsDevice: [Rate]?
        var throttleWriteBpsDevice: [Rate]?
        var throttleReadIOPSDevice: [Rate]?
        var throttleWriteIOPSDevice: [Rate]?
    }

    struct HugePages: Codable, Sendable, Hashable {
        var pageSize: String
        var limit: Int64
    }

    struct Network: Codable, Sendable, Hashable { var classID: UInt32 }

    var devices: [DeviceRule]?
    var memory: Memory?
    var cpu: CPU?
    var pids: Tasks?
    var blockIO: BlockIO?
    var hugepageLimits: [HugePages]?
    var network: Network?

    /// The limits of a group; a part without a limit is left out, which leaves the group as it is.
    init(_ limits: CgroupLimits, devices: [DeviceRule]? = nil) {
        self.devices = devices
        if limits.memory != nil || limits.memoryAndSwap != nil || limits.memoryReservation != nil {
            memory = Memory(
                limit: limits.memory?.bytes,
                reservation: limits.memoryReservation?.bytes,
                swap: limits.memoryAndSwap?.bytes
            )
        }
        let cpu = CPU(
            shares: limits.cpuShares,
            quota: limits.cpuQuota,
            period: limits.cpuPeriod,
            cpus: limits.cpus,
            mems: limits.memoryNodes,
            realtimeRuntime: limits.realtimeRuntime
        )
        if cpu != CPU() { self.cpu = cpu }
        pids = limits.tasks.map { Tasks(limit: $0) }
        func rates(_ kind: CgroupIORate.Kind) -> [Rate]? {
            let found = limits.ioRates.filter { $0.kind == kind }
            return found.isEmpty ? nil : found.map { Rate(major: $0.major, minor: $0.minor, rate: $0.rate) }
        }
        let io = BlockIO(
            weight: limits.ioWeight,
            throttleReadBpsDevice: rates(.readBytes),
            throttleWriteBpsDevice: rates(.writeBytes),
            throttleReadIOPSDevice: rates(.reads),
            throttleWriteIOPSDevice: rates(.writes)
        )
        if io != BlockIO() { blockIO = io }
        if !limits.hugePages.isEmpty {
            hugepageLimits = limits.hugePages.sorted { $0.key < $1.key }
                .map { HugePages(pageSize: $0.key, limit: $0.value.bytes) }
        }
        network = limits.networkClass.map { Network(classID: $0) }
    }
}
