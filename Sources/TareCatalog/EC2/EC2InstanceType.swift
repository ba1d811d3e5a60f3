import TareCore

/// One row of the EC2 table.
public struct EC2InstanceType: Sendable, Hashable {
    /// `m6i.metal`.
    public let name: String
    /// Virtual CPUs.
    public let vcpus: Int
    /// Cores.
    public let cores: Int
    /// Hardware threads a core.
    public let threadsPerCore: Int
    /// Nominal memory.
    public let memory: ByteCount
    /// Whether it is a whole host.
    public let bareMetal: Bool
    /// Mbit/s of volumes that are kept up for ever.
    public let ebsBaselineMbps: Int
    /// Mbit/s of volumes in a burst.
    public let ebsMaxMbps: Int
    /// Requests a second that are kept up for ever.
    public let ebsBaselineIOPS: Int
    /// Requests a second in a burst.
    public let ebsMaxIOPS: Int
    /// Drives inside, in GB; 0 where there are none.
    public let instanceStorageGB: Int
    /// `x86_64` or `arm64`.
    public let architecture: String
    /// Gbit/s of network that are kept up for ever.
    public let networkBaselineGbps: Double
    /// Gbit/s of network in a burst.
    public let networkPeakGbps: Double
    /// IPv4 addresses an interface.
    public let ipv4PerInterface: Int
    /// Interfaces.
    public let interfaces: Int
    /// Whether it lives on CPU credits.
    public let burstable: Bool
    /// What a guest's kernel called MemTotal, in MiB; `nil` where it was not measured.
    public let guestMemTotalMiB: Int?
    /// USD an hour, us-east-1, Linux, on demand.
    public let pricePerHour: Double

    init(_ record: CSVRecord) throws(TareError) {
        name = record.text("name")
        vcpus = try record.integer("vcpus")
        cores = try record.integer("cores")
        threadsPerCore = try record.integer("threads_per_core")
        memory = .mebibytes(Int64(try record.integer("memory_mib")))
        bareMetal = record.text("bare_metal") == "true"
        ebsBaselineMbps = try record.integer("ebs_baseline_mbps")
        ebsMaxMbps = try record.integer("ebs_max_mbps")
        ebsBaselineIOPS = try record.integer("ebs_baseline_iops")
        ebsMaxIOPS = try record.integer("ebs_max_iops")
        instanceStorageGB = try record.integer("instance_storage_gb")
        architecture = record.text("arch")
        networkBaselineGbps = try record.number("net_baseline_gbps") ?? 0
        networkPeakGbps = try record.number("net_peak_gbps") ?? 0
        ipv4PerInterface = try record.integer("ipv4_per_eni")
        interfaces = try record.integer("max_enis")
        burstable = record.text("burstable") == "true"
        guestMemTotalMiB = try record.number("guest_memtotal_mib").map { Int($0) }
        pricePerHour = try record.number("usd_per_hour_us_east_1") ?? 0
    }
}
