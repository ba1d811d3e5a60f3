import TareCatalog
import TareCore
import TareSimulation

/// What one volume, or the drives inside the host, can do: the limits that every request meets.
///
/// A read or write of B bytes in R requests with q of them under way takes at least
///
///     max(B / throughput, R / operations, R x latency / q + misses x first-touch / q)
///
/// where the first two are token buckets with their bursts (so several readers of one volume queue), the third is Little's
/// law, and misses = B / 512 KiB on a volume made from a snapshot whose blocks were never read. Ranges: 1 KiB to 1 GiB at
/// once. Sources: rows F35a, F35b, F36a, F36b, F38a, F38b, F39 for volumes, A23 for drives; see `figures`.
struct VolumeLimits {
    /// Bytes a second.
    var throughput: Double
    /// Requests a second.
    var operations: Double
    /// Requests above that which are there at the start.
    var operationBurst: Double
    /// Seconds of one request by itself.
    var latency: Double
    /// Seconds more for a chunk that was never read; 0 where none is.
    var firstTouch: Double
    /// Bytes a second that the guest's share of the card keeps up, and what it may burst by; infinite where it has none.
    var cardShare: Double
    var cardBurst: Double
    /// The figures that it was made from, by name.
    var figures: [String: Figure]

    /// Bytes that one miss brings.
    static let chunk = 524_288.0

    /// The limits of a volume kind behind a card, or of local drives.
    ///
    /// - Parameters:
    ///   - kind: `gp3`, `gp2`, `io2` or `instance-store`; others count as `gp3`.
    ///   - host: where drives are and what they do.
    ///   - shared: whether one large volume serves the whole host: it is taken at its kind's upper limits.
    ///   - profile: a hypervisor whose storage path costs more than the bare drive's.
    ///   - threads: hardware threads of the guest, for its share of the card; all of the host's where `shared`.
    /// - Throws: `TareError.notFound` where a published row is missing.
    init(
        kind: String,
        host: HostSpec,
        shared: Bool,
        profile: HypervisorProfile?,
        threads: Int
    ) throws(TareError) {
        func row(_ id: String) throws(TareError) -> Figure { try PublishedFigures.figure(id: id) }
        figures = [:]
        (operationBurst, firstTouch, cardShare, cardBurst) = (0, 0, .infinity, 0)
        if host.storage == .local || kind == "instance-store" {
            let alone = try row("A23-rr4k_qd1-bare")
            let path = profile?.constants["disk-qd1"] ?? alone
            let bare = try row("A23-rr4k_deep-bare")
            let deep = profile?.constants["disk-deep"]
            throughput = max(1, host.diskBandwidth)
            // A hypervisor's path does its part of what the bare drive does.
            operations = max(1, host.diskIOPS * min(1, (deep?.value ?? bare.value) / bare.value))
            latency = 1 / max(1, path.value)
            figures["disk/latency"] = Figure(
                latency * 1e6, unit: "us", evidence: path.evidence == .assumed ? .assumed : .modelled,
                source: path.source)
            if let deep { figures["disk/operations"] = deep }
            return
        }
        switch kind {
        case "io2":
            throughput = try row("F36b").base
            operations = shared ? try row("F38a").value : 16_000
            latency = try row("F38b").base
            figures["volume/latency"] = try row("F38b")
            figures["volume/operations"] = try shared ? row("F38a") : .assumed(16_000, "IOPS")
        case "gp2":
            throughput = try row("F35b").base
            operations = 100
            operationBurst = 5_400_000
            latency = 0.001
            figures["volume/operations"] = .assumed(100, "IOPS")
            figures["volume/operations-burst"] = try row("F39")
            figures["volume/latency"] = .assumed(1, "ms")
        default:
            throughput = try row(shared ? "F36b" : "F35b").base
            operations = try row(shared ? "F36a" : "F35a").value
            latency = 0.001
            figures["volume/operations"] = try row(shared ? "F36a" : "F35a")
            figures["volume/latency"] = .assumed(1, "ms")
        }
        figures["volume/throughput"] = try row(shared || kind == "io2" ? "F36b" : "F35b")
        guard !shared else { return }
        figures["volume/first-touch"] = try row("E11b")
        firstTouch = try row("E11b").base
        // A slice of a host has its part of the card for ever, and may burst for 30 minutes a day (catalogue notes).
        cardShare = max(1, host.diskBandwidth * Double(max(1, threads)) / Double(max(1, host.threads)))
        cardBurst = max(0, throughput - cardShare) * 1800
    }
}

/// One volume in use: its buckets, where requests queue in order of arrival.
struct VolumeState {
    private var bytes: TokenBucket
    private var operations: TokenBucket
    private var card: TokenBucket
    private let limits: (latency: Double, firstTouch: Double, maximum: Double, hasCard: Bool)

    init(_ limits: VolumeLimits) {
        // A bucket keeps a hundredth of a second: what was not used before does not add up.
        bytes = TokenBucket(rate: limits.throughput, burst: limits.throughput * 0.01, initial: 0)
        let steady = TokenBucket(rate: limits.operations, burst: max(limits.operations * 0.01, limits.operationBurst))
        operations = steady
        let hasCard = limits.cardShare.isFinite
        card = TokenBucket(rate: hasCard ? limits.cardShare : 1, burst: limits.cardBurst)
        self.limits = (limits.latency, limits.firstTouch, limits.operationBurst > 0 ? 3000 : .infinity, hasCard)
    }

    /// Asks for a transfer.
    ///
    /// - Parameters:
    ///   - count: bytes.
    ///   - requests: requests that they come in.
    ///   - depth: requests under way at once.
    ///   - isFresh: whether the blocks were never read since the volume was made from a snapshot.
    ///   - now: the current instant.
    /// - Returns: the earliest end that the volume allows.
    /// - Complexity: O(1).
    mutating func reserve(
        _ count: Double,
        requests: Double,
        depth: Double,
        isFresh: Bool,
        at now: SimTime
    ) -> SimTime {
        var end = max(bytes.reserve(count, at: now), operations.reserve(requests, at: now))
        if limits.hasCard { end = max(end, card.reserve(count, at: now)) }
        let misses = isFresh ? (count / VolumeLimits.chunk).rounded(.up) : 0
        let chain = (requests * limits.latency + misses * limits.firstTouch) / depth
        // Even a burst has an upper rate.
        let burst = limits.maximum.isFinite ? requests / limits.maximum : 0
        return max(end, now + .seconds(max(chain, burst)))
    }
}
