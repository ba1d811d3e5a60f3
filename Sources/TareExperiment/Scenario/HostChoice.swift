import TareCore

/// The host that the services share.
public enum HostChoice: Codable, Sendable, Hashable {
    /// A row of the EC2 catalogue.
    case ec2(String)
    /// The machine that Tare runs on.
    case thisMachine
    /// A host by its numbers.
    case numbers(HostNumbers)
}

/// A host described by numbers.
public struct HostNumbers: Codable, Sendable, Hashable {
    /// Physical cores.
    public var cores: Int
    /// Hardware threads a core.
    public var threadsPerCore: Int
    /// NUMA nodes.
    public var nodes: Int
    /// Memory.
    public var memory: ByteCount
    /// Size of the disk; `nil` where it does not bind.
    public var diskSize: ByteCount?
    /// Bandwidth of the disk in bytes per second.
    public var diskBytesPerSecond: Double?
    /// Requests per second of the disk.
    public var diskRequestsPerSecond: Double?
    /// Bandwidth of the network in bits per second.
    public var networkBitsPerSecond: Double?

    /// Makes a host.
    public init(
        cores: Int,
        threadsPerCore: Int = 1,
        nodes: Int = 1,
        memory: ByteCount,
        diskSize: ByteCount? = nil,
        diskBytesPerSecond: Double? = nil,
        diskRequestsPerSecond: Double? = nil,
        networkBitsPerSecond: Double? = nil
    ) {
        self.cores = cores
        self.threadsPerCore = threadsPerCore
        self.nodes = nodes
        self.memory = memory
        self.diskSize = diskSize
        self.diskBytesPerSecond = diskBytesPerSecond
        self.diskRequestsPerSecond = diskRequestsPerSecond
        self.networkBitsPerSecond = networkBitsPerSecond
    }
}
