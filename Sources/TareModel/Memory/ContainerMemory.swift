import TareCatalog
import TareCore

/// The memory of one container, by owner: private pages, and its part of file pages that it shares with others.
struct ContainerMemory {
    /// The rows of one instance.
    var rows: [MemoryRow] = []
    /// What the instance lacks; zero where it runs.
    var missing = ByteCount.zero

    /// Computes the rows.
    ///
    /// - Parameters:
    ///   - service: the limit.
    ///   - memory: the service's own memory.
    ///   - engine: supervisor and kernel memory of a container.
    ///   - sharers: containers whose file pages are the same.
    init(service: ServiceSpec, memory: ServiceMemory, engine: EngineProfile, sharers: Int) {
        func whole(_ value: Double) -> ByteCount { ByteCount(Int64(value.rounded())) }
        let kernel = whole(engine.value("kernel-memory"))
        rows.append(
            MemoryRow(
                owner: .platform, part: "supervisor",
                weights: MemoryWeights(
                    vmmRSS: whole(engine.value("supervisor-rss")), pss: whole(engine.value("supervisor-pss")))))
        let charged = kernel + memory.anonymous
        missing = max(.zero, charged - service.memory)
        for (owner, part, size) in [
            (Owner.platform, "namespaces-and-cgroup", kernel), (.runtime, "anonymous", memory.runtimeAnonymous),
            (.app, "anonymous", memory.appAnonymous),
        ] {
            rows.append(
                MemoryRow(
                    owner: owner, part: part,
                    weights: MemoryWeights(configured: size, vmmRSS: size, pss: size, cgroupWorkingSet: size)))
        }
        for (owner, size) in [(Owner.runtime, memory.runtimeFile), (.app, memory.appFile)] {
            let share = ByteCount(size.bytes / Int64(max(1, sharers)))
            rows.append(
                MemoryRow(
                    owner: owner, part: "page-cache",
                    weights: MemoryWeights(vmmRSS: size, pss: share, cgroupWorkingSet: share, pageCache: share)))
        }
        let unused = service.memory - charged
        if unused > .zero {
            rows.append(MemoryRow(owner: nil, part: "unused", weights: MemoryWeights(configured: unused)))
        }
    }
}
