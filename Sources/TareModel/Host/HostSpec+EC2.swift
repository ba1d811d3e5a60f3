import TareCatalog
import TareCore

extension HostSpec {
    /// A host from an EC2 catalogue row.
    ///
    /// A virtual row gives the memory that its guest's kernel saw where that was measured. Volumes burst for 30 minutes
    /// a day (catalogue notes); drives inside are taken at 2 GB/s each 2,500 GB, which is assumed, and at the requests of
    /// one published drive (row A23-rr4k_deep-bare).
    ///
    /// - Parameter name: `m6i.metal`.
    /// - Returns: the host.
    /// - Throws: `TareError.notFound` with the nearest name.
    public static func ec2(_ name: String) throws(TareError) -> HostSpec {
        let type = try EC2Catalog.type(named: name)
        let nodes = try EC2Catalog.numaNodes(of: name)
        let price = Figure(type.pricePerHour, unit: "USD/h", evidence: .published, source: "ec2:\(name)")
        let local = type.instanceStorageGB > 0
        let bare = try PublishedFigures.figure(id: "A23-rr4k_deep-bare")
        var host = HostSpec(
            name: name,
            cores: type.cores,
            threadsPerCore: type.threadsPerCore,
            architecture: type.architecture,
            memory: type.memory,
            numaNodes: type.bareMetal ? Int(nodes.value) : 1,
            storage: local ? .local : .blockVolumes,
            diskCapacity: local ? ByteCount(Int64(type.instanceStorageGB) * 1_000_000_000) : nil,
            diskBandwidth: local
                ? max(0.5e9, Double(type.instanceStorageGB) / 2500 * 2e9) : Double(type.ebsBaselineMbps) * 125_000,
            diskIOPS: local ? bare.value : Double(type.ebsMaxIOPS),
            networkBitsPerSecond: type.networkPeakGbps * 1e9,
            pricePerHour: price
        )
        if !local {
            host.diskBurstBandwidth = Double(type.ebsMaxMbps) * 125_000
            host.diskBurstSeconds = type.ebsMaxMbps > type.ebsBaselineMbps ? 1800 : 0
        }
        host.addresses = max(0, type.ipv4PerInterface - 1) * type.interfaces
        if type.burstable {
            let baseline = try EC2Catalog.creditBaseline(of: name)
            let balance = Figure.assumed(1800 * Double(type.vcpus), "s")
            host.credits = Credits(baseline: baseline.value, balance: balance.value)
            host.constants["host/credit-baseline"] = baseline
            host.constants["host/credit-balance"] = balance
        }
        if local {
            host.constants["host/disk-bandwidth"] = .assumed(host.diskBandwidth / 1e9, "GB/s")
            host.constants["host/disk-requests"] = bare
        }
        host.constants["host/price"] = price
        host.constants["host/numa-nodes"] = nodes
        return host
    }
}
