import TareCatalog
import TareCore

/// The host's memory for given numbers of running instances: the one accounting behind results and density.
struct HostMemory {
    /// Rows of the host: its own system, the platform, and all instances.
    var rows: [MemoryRow] = []
    /// The service that each row belongs to; -1 for the host's own and the platform's.
    var origins: [Int] = []
    /// One instance of each service.
    var instances: [[MemoryRow]] = []
    /// What each service's instance lacks by its own limit.
    var missing: [ByteCount] = []
    /// MemTotal of each service's guest.
    var memTotals: [ByteCount?] = []
    /// Bytes of the host that cannot be given back.
    var needed = ByteCount.zero

    /// Adds up; O(services).
    init(_ context: ModelContext, counts: [Int]) {
        let host = context.input.host
        if let system = context.hostSystem { addSystem(system, host: host) }
        var running = 0
        for count in counts { running += count }
        var sharers: [String: Int] = [:]
        for (index, count) in counts.enumerated() { sharers[context.fileKey(index), default: 0] += count }
        sharers["private"] = 1
        var seen = Set<String>()
        var reclaimable = ByteCount.zero
        if let engine = context.engine {
            let size = ByteCount(Int64(engine.value("engine-memory")))
            append(.platform, "engine", size)
        }
        for (index, service) in context.input.services.enumerated() {
            let count = index < counts.count ? counts[index] : 0
            let rows: [MemoryRow]
            if let hypervisor = context.hypervisor {
                let guest = GuestMemory(
                    service: service, memory: context.memories[index], guest: context.guests[index],
                    hypervisor: hypervisor, architecture: host.architecture, sharers: max(1, running))
                rows = guest.rows
                missing.append(guest.missing)
                memTotals.append(guest.memTotal)
                for row in rows {
                    var weights = row.weights * count
                    // Executable pages are on the host once, however many guests map them.
                    if row.part == "vmm-text" {
                        weights.pss =
                            self.rows.contains { $0.part == "vmm-text" } || count == 0 ? .zero : row.weights.vmmRSS
                    }
                    self.rows.append(MemoryRow(owner: row.owner, part: row.part, weights: weights))
                    origins.append(index)
                }
            } else if let engine = context.engine {
                let key = context.fileKey(index)
                let one = ContainerMemory(
                    service: service, memory: context.memories[index], engine: engine,
                    sharers: max(1, sharers[key] ?? 1))
                rows = one.rows
                missing.append(one.missing)
                memTotals.append(nil)
                let first = key == "private" || (count > 0 && seen.insert(key).inserted)
                for row in rows {
                    var weights = row.weights * count
                    if row.part == "page-cache", key != "private" {
                        let once = first ? row.weights.vmmRSS : .zero
                        (weights.pss, weights.cgroupWorkingSet, weights.pageCache) = (once, once, once)
                    }
                    reclaimable += weights.pageCache
                    self.rows.append(MemoryRow(owner: row.owner, part: row.part, weights: weights))
                    origins.append(index)
                }
            } else {
                rows = []
            }
            instances.append(rows)
        }
        let carved = context.hypervisor?.carvesMemory == true
        needed = carved ? self.rows.total(.vmmRSS) : self.rows.total(.pss) - reclaimable
    }

    private mutating func append(_ owner: Owner, _ part: String, _ size: ByteCount, cache: Bool = false) {
        origins.append(-1)
        rows.append(
            MemoryRow(
                owner: owner, part: part,
                weights: MemoryWeights(
                    configured: size, vmmRSS: size, pss: size, cgroupWorkingSet: size,
                    pageCache: cache ? size : .zero)))
    }

    private mutating func addSystem(_ system: GuestProfile, host: HostSpec) {
        func whole(_ value: Double) -> ByteCount { ByteCount(Int64(value.rounded())) }
        append(.os, "host:page-structs", whole(host.memory.doubleValue * system.value("page-struct-share")))
        append(
            .os, "host:kernel",
            whole(system.value("kernel-reserve") + system.value("per-cpu") * Double(host.threads)))
        append(.os, "host:slab", whole(system.value("slab")))
        append(.os, "host:daemons", whole(system.daemons.values.map(\.base).sorted().reduce(0, +)))
        append(.os, "host:page-cache", whole(system.value("page-cache")), cache: true)
    }
}
