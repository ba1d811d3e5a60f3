import TareCore

extension Density {
    /// Finds the largest number by the same accounting that results come from: doubling, then halving the interval.
    ///
    /// Complexity: O(log n) accountings. The search ends at a million, where nothing that is modelled binds.
    init(_ context: ModelContext) {
        var limits: [Resource: Int] = [:]
        let host = context.input.host
        let services = context.input.services
        guard !services.isEmpty else {
            (self.limits, largest, binding) = ([:], 0, nil)
            return
        }
        func counts(_ n: Int) -> [Int] { services.map { _ in n } }
        func search(_ fits: (Int) -> Bool) -> Int? {
            var high = 1
            while fits(high) {
                guard high < 1_000_000 else { return nil }
                high *= 2
            }
            var low = high / 2
            while high - low > 1 {
                let middle = (low + high) / 2
                if fits(middle) { low = middle } else { high = middle }
            }
            return low
        }
        limits[.memory] = search { HostMemory(context, counts: counts($0)).needed <= host.memory }
        if let capacity = host.diskCapacity {
            limits[.disk] = search { HostDisk(context, counts: counts($0)).rows.total(.allocated) <= capacity }
        }
        let pinned = services.reduce(0) { $0 + $1.vcpus }
        if let hypervisor = context.hypervisor, !hypervisor.overcommitsCPU {
            limits[.cpu] = host.threads / max(1, pinned)
        } else {
            let steady = services.reduce(0) { $0 + $1.steadyCPU }
            if steady > 0 { limits[.cpu] = Int(Double(host.threads) / steady) }
        }
        if case .container(let spec) = context.input.arm, spec.routedAddresses, let addresses = host.addresses {
            limits[.addresses] = addresses / services.count
        }
        let least = Resource.allCases.compactMap { resource in limits[resource].map { (resource, $0) } }
            .min { $0.1 < $1.1 }
        self.limits = limits
        largest = least?.1 ?? 1_000_000
        binding = least?.0
    }
}
