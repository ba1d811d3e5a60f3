import TareCore

/// What one replication of one arm brought.
public struct ModelOutcome: Sendable {
    /// VM or container.
    public var platform: Platform
    /// The host's disk: every copy counted, every shared piece once.
    public var hostDisk: [DiskRow]
    /// The host's memory, its own system and the platform included, for the instances that run at the end.
    public var hostMemory: [MemoryRow]
    /// One entry a service: what a single instance holds.
    public var services: [ServiceOutcome]
    /// Every instance's start, services in order.
    public var instances: [InstanceStart]
    /// The starts of the first, the median and the last instance to answer.
    public var timelines: [ModelTimeline]
    /// How many would fit.
    public var density: Density
    /// USD an hour that one running instance costs; `nil` where no price is known or nothing runs.
    public var costPerServiceHour: Double?
    /// What a reader must know.
    public var warnings: [String]
    /// Every constant that went in, by name.
    public var constants: [String: Figure]
    /// Page frames by NUMA node and class; the classes of a node add up to its memory.
    public var nodes: [NodeOutcome] = []
    /// What all starts moved and computed.
    public var work = StartWork()
    /// Requests after the start, by service; empty where none has a load.
    public var loads: [LoadOutcome] = []
    /// Events that the simulation handled.
    public var events: Int

    /// The weakest evidence of the constants that went in.
    public var weakestEvidence: Evidence {
        constants.values.reduce(.modelled) { Evidence.weaker($0, $1.evidence) }
    }
}

/// What all starts of a replication moved and computed together.
public struct StartWork: Sendable, Hashable {
    /// Bytes from the network.
    public var networkBytes = 0.0
    /// Bytes read from and written to disks.
    public var diskBytes = 0.0
    /// Core-seconds at a reference core.
    public var coreSeconds = 0.0

    /// No work.
    public init() {}
}

/// What a single instance of one service holds.
public struct ServiceOutcome: Sendable {
    /// The service's name.
    public var name: String
    /// Instances that were asked for.
    public var requested: Int
    /// Instances that answer at the end.
    public var ready: Int
    /// The disk as the instance sees it, as if it were alone.
    public var instanceDisk: [DiskRow]
    /// The instance's share of the host's disk: a piece that k instances share counts a k-th.
    public var diskShare: [DiskRow]
    /// The memory of one running instance.
    public var instanceMemory: [MemoryRow]
    /// What the guest's kernel calls MemTotal; `nil` for a container.
    public var guestMemTotal: ByteCount?
    /// Core-seconds of credits that one start uses up; `nil` where there are none.
    public var creditsPerStart: Double?
}

/// One instance's start.
public struct InstanceStart: Sendable, Hashable {
    /// How it ended.
    public enum Outcome: Sendable, Hashable {
        /// It answered.
        case ready
        /// Its own or the host's memory was used up.
        case outOfMemory(reason: String)
        /// The host did not take it.
        case refused(reason: String)
    }

    /// Index of the service.
    public var service: Int
    /// Index within the service.
    public var replica: Int
    /// Seconds after time zero when it was asked for.
    public var requestedAt: Double
    /// Seconds after its request at which each mark was reached; marks that were not reached are missing.
    public var marks: StartMarks
    /// How it ended.
    public var outcome: Outcome
}

/// The phases of one start, for a Gantt chart.
public struct ModelTimeline: Sendable, Hashable {
    /// One phase.
    public struct Phase: Sendable, Hashable {
        /// `firmware`, `kernel`, `unit:ssh.service`, `fetch`, `network`, ...
        public var name: String
        /// Seconds after the request.
        public var start: Double
        /// Seconds after the request.
        public var end: Double
        /// Whether it lies on the critical path.
        public var critical: Bool
    }

    /// `first`, `median` or `last`.
    public var label: String
    /// Index into `ModelOutcome.instances`.
    public var instance: Int
    /// The phases by start time.
    public var phases: [Phase]
}

/// How many instances fit a host, and what runs out first.
public struct Density: Sendable, Hashable {
    /// What can run out.
    public enum Resource: String, Sendable, Codable, CaseIterable {
        /// Memory.
        case memory
        /// Pinned virtual CPUs, or cores where a steady use is given.
        case cpu
        /// Room on the disk.
        case disk
        /// Network addresses.
        case addresses
    }

    /// The largest number of instances of each service, all services together growing alike.
    public var largest: Int
    /// What binds; `nil` where nothing that is modelled does.
    public var binding: Resource?
    /// The largest number that each resource alone would take; a resource without a limit is missing.
    public var limits: [Resource: Int]
}
