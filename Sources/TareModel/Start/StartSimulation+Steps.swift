import TareCore
import TareSimulation

extension StartSimulation {
    typealias Stage = StepWork.Stage

    /// Moves a job to its next stage that has work.
    mutating func advance(_ job: UInt64, at time: SimTime, _ scheduler: inout Scheduler<Event>) {
        let instance = Int(job >> 8)
        let index = Int(job & 255)
        let cell = instance * table.stride + index
        let kind = Int(service[instance])
        let work = table.work[kind * table.stride + index]
        let factor = Double(factors[instance * 2 + (work.isService ? 1 : 0)])
        while true {
            let now = work.next(from: stage[cell])
            stage[cell] = now &+ 1
            switch now {
            case Stage.gate:
                if work.isService, !serve(instance, kind) { return }
                guard work.gate >= 0 else { continue }
                switch gates[Int(work.gate)] {
                case .open: stage[cell] = Stage.done
                case .closed: gates[Int(work.gate)] = .busy
                case .busy:
                    gateQueues[Int(work.gate)].append(job)
                    stage[cell] = Stage.done
                    return
                }
            case Stage.lock:
                guard locks[Int(work.lock)].acquire(job) else { return }
            case Stage.hold:
                scheduler.schedule(.timer(job), after: .seconds(work.hold * factor))
                return
            case Stage.wait:
                if work.lock >= 0, let next = locks[Int(work.lock)].release() { advance(next, at: time, &scheduler) }
                guard work.wait > 0 else { continue }
                scheduler.schedule(.timer(job), after: .seconds(work.wait * factor))
                return
            case Stage.network:
                moved.network += work.network
                network.arrive(job, work: work.network, share: .uncapped, at: time)
                changed.network = true
                return
            case Stage.disk:
                transfer(job, work, instance: instance, kind: kind, at: time)
                return
            case Stage.memory:
                memory.arrive(job, work: work.memory, share: memoryShare, at: time)
                changed.memory = true
                return
            case Stage.cpu:
                guard Int(busyCPU[instance]) < table.widths[kind] else {
                    // The instance has no free thread: it starts its waiting steps in their order.
                    waitingCPU[instance] |= 1 << UInt64(index)
                    stage[cell] = Stage.cpu
                    return
                }
                compute(job, work.cpu * factor, instance: instance, kind: kind, at: time)
                return
            case Stage.leave: busyCPU[instance] -= 1
            default:
                finish(instance, index, kind, work, at: time, &scheduler)
                return
            }
        }
    }

    /// Whether the service finds the memory that it needs; ends the instance where it does not.
    private mutating func serve(_ instance: Int, _ kind: Int) -> Bool {
        if own[kind] > .zero {
            outcome[instance] = End.ownMemory
            return false
        }
        if !isCarved, !take(instance, kind) {
            outcome[instance] = End.hostMemory
            return false
        }
        return true
    }

    private mutating func finish(
        _ instance: Int,
        _ index: Int,
        _ kind: Int,
        _ work: StepWork,
        at time: SimTime,
        _ scheduler: inout Scheduler<Event>
    ) {
        let row = instance * table.stride
        ends[row + index] = time.nanoseconds
        if work.gate >= 0, case .busy = gates[Int(work.gate)] {
            gates[Int(work.gate)] = .open
            let waiting = gateQueues[Int(work.gate)]
            gateQueues[Int(work.gate)] = []
            for job in waiting { advance(job, at: time, &scheduler) }
        }
        if index == table.answered[kind] { outcome[instance] = End.ready }
        for place in Int(work.firstSuccessor)..<Int(work.lastSuccessor) {
            let next = Int(table.next[place])
            remaining[row + next] -= 1
            if remaining[row + next] == 0 { advance(UInt64(instance) << 8 | UInt64(next), at: time, &scheduler) }
        }
        while waitingCPU[instance] != 0, Int(busyCPU[instance]) < table.widths[kind] {
            let next = waitingCPU[instance].trailingZeroBitCount
            waitingCPU[instance] &= waitingCPU[instance] - 1
            advance(UInt64(instance) << 8 | UInt64(next), at: time, &scheduler)
        }
    }
}
