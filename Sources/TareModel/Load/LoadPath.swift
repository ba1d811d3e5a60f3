import TareCatalog
import TareCore

/// What a platform adds to every request.
struct LoadPath {
    /// Cores of the host, hardware threads, and what a second thread adds.
    var cores: Int
    var threads: Int
    var smtGain: Double
    /// Factor on CPU work: exits and nested paging, and where the memory is.
    var cpuFactor: Double
    /// Seconds of a round trip.
    var roundTrip: Double
    /// Seconds of one disk read.
    var read: Double
    /// Bytes a second of the link.
    var link: Double
    /// The figures that it was made from, by name.
    var figures: [String: Figure]
}

extension LoadPath {
    /// The path of an arm on a host.
    ///
    /// The round trip is what a request and its answer of one byte each took through the platform's network: 37.6 us
    /// without one, 67.9 us through a guest's device (rows C06n, C06k), and through a bridge with address translation as
    /// much as without one plus 10 us (assumed).
    init(_ context: ModelContext, service: Int) throws(TareError) {
        let host = context.input.host
        let bare = try PublishedFigures.figure(id: "C06n")
        var figures = ["load/round-trip": bare]
        var cpuFactor = 1.0
        var roundTrip = bare.base
        if let hypervisor = context.hypervisor {
            cpuFactor += hypervisor.value("cpu-tax")
            let guest = hypervisor.constants["round-trip"] ?? bare
            figures["load/round-trip"] = guest
            roundTrip = guest.base
        } else if case .container(let spec) = context.input.arm, !spec.routedAddresses {
            let bridge = Figure.assumed(10, "us")
            figures["load/bridge"] = bridge
            roundTrip += bridge.base
        }
        if context.input.memoryPolicy == .interleave, host.nodes.count > 1 {
            let nodes = host.nodes.indices
            let mean = nodes.reduce(0.0) { $0 + Double(host.distance(0, $1)) } / Double(nodes.count) / 10
            cpuFactor *= 1 + NodePlacement.memoryBound.value * (mean - 1)
        }
        let read = context.volumes.indices.contains(service) ? context.volumes[service].latency : 0
        self.init(
            cores: host.cores, threads: host.threads,
            smtGain: host.threadsPerCore > 1 ? StartCapacity.smtGain.value : 0, cpuFactor: cpuFactor,
            roundTrip: roundTrip, read: read, link: max(1, host.networkBitsPerSecond / 8), figures: figures)
    }
}
