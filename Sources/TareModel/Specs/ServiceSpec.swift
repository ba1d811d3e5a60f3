import TareCatalog
import TareCore

/// One service of the comparison: the same for both arms, except for what its root holds.
public struct ServiceSpec: Sendable, Hashable {
    /// The service's name.
    public var name: String
    /// Instances.
    public var replicas: Int
    /// The workload's catalogue id: decides the start's work and the memory, unless they are given.
    public var workload: String
    /// The guest OS's catalogue id.
    public var guest: String
    /// What the guest's disk holds.
    public var vmContent: ContentManifest
    /// What the container's image holds.
    public var containerContent: ContentManifest
    /// A guest's nominal memory; a container's limit.
    public var memory: ByteCount
    /// A guest's vCPUs, and as many threads a container may use at once.
    public var vcpus: Int
    /// The service's own memory once it answers; `nil` for the workload's profile.
    public var serviceMemory: ServiceMemory?
    /// CPU of a start of the service itself, in core-seconds; `nil` for the workload's profile.
    public var startCPU: Double?
    /// Bytes that an instance writes an hour.
    public var writesPerHour: ByteCount
    /// Hours of running that the disk is looked at after.
    public var hours: Double
    /// CPU that an instance uses while it serves, in cores; 0 where no load is asked for.
    public var steadyCPU: Double
    /// Memory of the guest OS itself, where the user gives it instead of a profile.
    public var guestMemory: ByteCount?
    /// The guest OS's memory and boot, where the user gives them; `nil` for the catalogue's profile of `guest`.
    public var guestProfile: GuestProfile?
    /// What the workload's processes take, where it is not in the catalogue; `nil` for the catalogue's profile of `workload`.
    public var workloadProfile: WorkloadProfile?
    /// The most CPU that a container may use, in cores; `nil` for no quota.
    public var cpuQuota: Double?
    /// Requests after the start; `nil` for none.
    public var load: LoadSpec?

    /// Makes a service.
    public init(
        name: String,
        replicas: Int,
        workload: String,
        guest: String,
        vmContent: ContentManifest,
        containerContent: ContentManifest,
        memory: ByteCount,
        vcpus: Int = 1,
        serviceMemory: ServiceMemory? = nil,
        startCPU: Double? = nil,
        writesPerHour: ByteCount = .zero,
        hours: Double = 1,
        steadyCPU: Double = 0,
        guestMemory: ByteCount? = nil
    ) {
        self.name = name
        self.replicas = replicas
        self.workload = workload
        self.guest = guest
        self.vmContent = vmContent
        self.containerContent = containerContent
        self.memory = memory
        self.vcpus = vcpus
        self.serviceMemory = serviceMemory
        self.startCPU = startCPU
        self.writesPerHour = writesPerHour
        self.hours = hours
        self.steadyCPU = steadyCPU
        self.guestMemory = guestMemory
    }

    /// What an instance has written when the disk is looked at.
    public var written: ByteCount { ByteCount(Int64((writesPerHour.doubleValue * max(0, hours)).rounded())) }
}

/// The memory of the service's own processes, alike inside a guest and inside a container.
public struct ServiceMemory: Sendable, Hashable {
    /// Anonymous pages of the runtime: interpreter, virtual machine, server.
    public var runtimeAnonymous: ByteCount
    /// Anonymous pages of the application.
    public var appAnonymous: ByteCount
    /// File pages of runtime and libraries that are resident.
    public var runtimeFile: ByteCount
    /// File pages of the application that are resident.
    public var appFile: ByteCount

    /// Makes the four parts.
    public init(
        runtimeAnonymous: ByteCount,
        appAnonymous: ByteCount,
        runtimeFile: ByteCount,
        appFile: ByteCount
    ) {
        self.runtimeAnonymous = runtimeAnonymous
        self.appAnonymous = appAnonymous
        self.runtimeFile = runtimeFile
        self.appFile = appFile
    }

    /// Anonymous pages together.
    public var anonymous: ByteCount { runtimeAnonymous + appAnonymous }
    /// File pages together.
    public var file: ByteCount { runtimeFile + appFile }
}
