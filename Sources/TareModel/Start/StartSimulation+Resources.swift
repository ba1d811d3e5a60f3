import TareCore
import TareSimulation

extension StartSimulation {
    /// Puts CPU work onto the cores; credits or a quota may end it later than the cores do.
    mutating func compute(
        _ job: UInt64,
        _ demand: Double,
        instance: Int,
        kind: Int,
        at time: SimTime
    ) {
        busyCPU[instance] += 1
        let work = memoryFactor.isEmpty ? demand : demand * Double(memoryFactor[instance])
        var until: Int64 = 0
        if hasBucket[kind] {
            until = cpuBuckets[instance].reserve(work, at: time).nanoseconds
            spent[kind] += work
        }
        moved.cpu += work
        cpu.arrive(Held(job: job, until: until), work: work, at: time)
        changed.cpu = true
    }

    /// Two threads on a core give less than two cores; an empty credit bucket leaves the baseline.
    ///
    ///     capacity(n) = n for n <= cores, cores + gain x (n - cores) up to all threads
    mutating func rearmCPU(at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        var capacity = Double(cores)
        if smtGain > 0 { capacity += smtGain * Double(min(threads, max(cores, cpu.count)) - cores) }
        if var bucket = credit {
            if bucket.isEmpty { capacity = min(capacity, bucket.baseline) }
            set(capacity, at: time)
            // The use that counts is that of the capacity just set; a switch changes both.
            if bucket.update(used: cpu.used, at: time) {
                if bucket.isEmpty { capacity = min(capacity, bucket.baseline) } else { capacity = restored() }
                set(capacity, at: time)
                _ = bucket.update(used: cpu.used, at: time)
            }
            if let old = creditChange { scheduler.cancel(old) }
            creditChange = bucket.change.map { scheduler.schedule(.credit, at: $0) }
            credit = bucket
        } else {
            set(capacity, at: time)
        }
        cpu.arm(.cpu, on: &scheduler)
    }

    private func restored() -> Double {
        Double(cores) + smtGain * Double(min(threads, max(cores, cpu.count)) - cores)
    }

    private mutating func set(_ capacity: Double, at time: SimTime) {
        guard capacity != cpuCapacity else { return }
        cpuCapacity = capacity
        cpu.setCapacity(max(1e-6, capacity), at: time)
    }

    /// Starts a transfer: the volume's buckets and latency bound its end, and all share the card or the drives.
    ///
    /// A request costs the card its bytes, or as many bytes as it could have moved meanwhile, whichever is more.
    mutating func transfer(
        _ job: UInt64,
        _ work: StepWork,
        instance: Int,
        kind: Int,
        at time: SimTime
    ) {
        let until = volumes[hasOwnVolumes ? instance : 0].reserve(
            work.disk, requests: work.requests, depth: work.depth, isFresh: work.isFresh, at: time)
        moved.disk += work.disk
        let cost = max(work.disk, work.requests * requestCost)
        disk.arrive(Held(job: job, until: until.nanoseconds), work: cost, share: diskShares[kind], at: time)
        changed.disk = true
    }

    /// Past its bucket, the volume card has its baseline.
    mutating func rearmDisk(at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        if var bucket = burst {
            if bucket.update(used: disk.used, at: time) {
                disk.setCapacity(bucket.isEmpty ? bucket.baseline : diskBurst, at: time)
                _ = bucket.update(used: disk.used, at: time)
            }
            if let old = burstChange { scheduler.cancel(old) }
            burstChange = bucket.change.map { scheduler.schedule(.burst, at: $0) }
            burst = bucket
        }
        disk.arm(.disk, on: &scheduler)
    }
}
