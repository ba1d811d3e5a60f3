import TareCatalog
import TareCore

/// The model of one host that runs N services as guests, or the same N as containers.
///
///     ModelInput -> profiles -> starts (events) -> who runs -> memory and disk by owner -> density, cost -> ModelOutcome
public enum Model {
    /// Computes one replication of one arm.
    ///
    /// Deterministic: the same input gives the same outcome on every machine and any number of threads. Touches nothing
    /// and does not block.
    ///
    /// - Parameter input: host, arm, services and seed.
    /// - Returns: disk and memory by owner, every start, density and cost.
    /// - Throws: `TareError.notFound` for an unknown profile, `.invalid` for numbers that cannot be.
    /// - Complexity: O(n log n) in instances.
    public static func run(_ input: ModelInput) throws(TareError) -> ModelOutcome {
        let context = try ModelContext(input)
        let starts = try StartOutcome(context)
        let memory = HostMemory(context, counts: starts.counts)
        let disk = HostDisk(context, counts: input.services.map { max(0, $0.replicas) })
        let running = starts.counts.reduce(0, +)
        var warnings = context.warnings
        if running < input.instances {
            warnings.append(
                "\(input.instances - running) of \(input.instances) instances do not run on \(input.host.name)")
        }
        if let capacity = input.host.diskCapacity, disk.rows.total(.allocated) > capacity {
            warnings.append("the disks take \(disk.rows.total(.allocated)), more than the host's \(capacity)")
        }
        var services: [ServiceOutcome] = []
        for (index, service) in input.services.enumerated() {
            services.append(
                ServiceOutcome(
                    name: service.name, requested: service.replicas, ready: starts.counts[index],
                    instanceDisk: disk.instances[index], diskShare: disk.shares[index],
                    instanceMemory: memory.instances[index], guestMemTotal: memory.memTotals[index],
                    creditsPerStart: starts.credits(of: index)))
        }
        var constants = context.constants
        if input.host.threadsPerCore > 1 {
            constants["host/smt-throughput"] = .assumed(1 + StartCapacity.smtGain.value, "ratio")
        }
        constants["start/read-ahead"] = StartPlan.readAhead
        constants["start/sequential-request"] = GuestProfile.sequentialRequest
        if input.host.nodes.count > 1 { constants["host/memory-bound"] = NodePlacement.memoryBound }
        constants["start/variation"] = .assumed(input.variation, "ratio")
        let price = input.host.pricePerHour?.value
        let density = Density(context)
        var loads: [LoadOutcome] = []
        for (index, service) in input.services.enumerated() where service.load != nil {
            constants.merge(try LoadPath(context, service: index).figures) { $1 }
            let load = try LoadOutcome(
                context, service: index, ready: starts.counts[index], fits: density.largest)
            if let load { loads.append(load) }
        }
        var outcome = ModelOutcome(
            platform: input.arm.platform,
            hostDisk: disk.rows,
            hostMemory: memory.rows,
            services: services,
            instances: starts.instances,
            timelines: starts.timelines,
            density: density,
            costPerServiceHour: running > 0 ? price.map { $0 / Double(running) } : nil,
            warnings: warnings,
            constants: constants,
            events: starts.events
        )
        outcome.nodes = PageFrames.nodes(
            of: input.host, memory: memory, carved: context.hypervisor?.carvesMemory == true, placed: starts.nodeBytes)
        (outcome.work.networkBytes, outcome.work.diskBytes, outcome.work.coreSeconds) = starts.moved
        outcome.loads = loads
        return outcome
    }
}
