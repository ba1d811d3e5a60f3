import TareCatalog
import TareCore

extension StartPlan {
    /// Requests that read-ahead keeps under way at once (assumed).
    static let readAhead = Figure.assumed(4, "count")
    static let depth = readAhead.value

    /// The start of a guest: control plane, VMM, memory, firmware, boot loader, kernel, initramfs, the service
    /// manager's graph, the service, its answer.
    ///
    /// CPU inside the guest costs `1 + cpu-tax`. Memory is cleared only where it is assigned as a whole. A cold start reads
    /// everything; a warm one reads from its volume what no host has in a page cache.
    init(guest index: Int, _ context: ModelContext, hypervisor: HypervisorProfile, spec: VMPlatformSpec) {
        let service = context.input.services[index]
        let guest = context.guests[index]
        let tax = 1 + hypervisor.value("cpu-tax")
        let cold = spec.start == .cold
        // Devices that a monitor does not offer are not probed for.
        let kernelFactor = hypervisor.constants["kernel-factor"]?.value ?? 1
        width = service.vcpus
        var last = add(StartTask(name: "control-plane", after: [], wait: hypervisor.value("control-plane-wait")))
        last = add(
            StartTask(
                name: "vmm", after: [last], lock: 0, hold: hypervisor.value("launch-lock"),
                cpu: hypervisor.value("spawn-cpu")))
        spawned = last
        if spec.start == .restored, hypervisor.value("restore") > 0 {
            last = add(StartTask(name: "restore", after: [last], wait: hypervisor.value("restore")))
            (kernelEntry, initStarted, ready) = (last, last, last)
            answered = add(StartTask(name: "answer", after: [last], wait: 0.001))
            return
        }
        if hypervisor.carvesMemory {
            last = add(StartTask(name: "memory", after: [last], memory: service.memory.doubleValue))
        }
        let firmware = guest.constants["firmware-cpu"]?.base ?? hypervisor.value("firmware-cpu")
        last = add(StartTask(name: "firmware", after: [last], cpu: firmware))
        let direct = guest.units.isEmpty
        if !direct, hypervisor.value("boot-loader-cpu") > 0 {
            last = add(
                StartTask(
                    name: "boot-loader", after: [last], wait: hypervisor.value("boot-loader-wait"),
                    cpu: hypervisor.value("boot-loader-cpu")))
        }
        kernelEntry = last
        // One base image under all guests is read once into the host's page cache, where the host has one.
        let cached = spec.clone != .full && hypervisor.needsHostSystem
        let file = context.memories[index].file.doubleValue
        let sequential = GuestProfile.sequentialRequest.base
        if cold, cached {
            let reads = guest.value("kernel-read") + guest.units.reduce(0) { $0 + $1.read.base } + file
            let requests =
                guest.kernelRequests + guest.units.reduce(0) { $0 + $1.requestCount } + file / sequential
            last = add(
                StartTask(
                    name: "read-base", after: [last], disk: reads, requests: requests, depth: Self.depth,
                    once: "base:\(service.guest)/\(service.workload)"))
        }
        let own = (cold || !hypervisor.needsHostSystem) && !cached ? 1.0 : 0
        let fresh = cold && context.hasOwnVolumes
        last = add(
            StartTask(
                name: "kernel", after: [last], disk: own * guest.value("kernel-read"),
                requests: guest.kernelRequests, depth: Self.depth, isFresh: fresh,
                cpu: guest.value("kernel-cpu") * tax * kernelFactor))
        if guest.value("initramfs-cpu") > 0 {
            last = add(
                StartTask(
                    name: "initramfs", after: [last], wait: guest.value("initramfs-wait"),
                    cpu: guest.value("initramfs-cpu") * tax))
        }
        initStarted = last
        var known: [String: Int] = [:]
        var leaves = Set([last])
        for unit in guest.units {
            let after = unit.after.compactMap { known[$0] }
            let task = add(
                StartTask(
                    name: "unit:\(unit.name)", after: after.isEmpty ? [last] : after, wait: unit.wait.base,
                    disk: own * unit.read.base, requests: unit.requestCount, depth: Self.depth, isFresh: fresh,
                    cpu: unit.cpu.base * tax))
            known[unit.name] = task
            leaves.subtract(after.isEmpty ? [last] : after)
            leaves.insert(task)
        }
        let network = known["cloud-init"] ?? known["network"] ?? last
        ready = add(
            StartTask(
                name: "service", after: [network], disk: own * file, requests: file / sequential,
                depth: Self.depth, isFresh: fresh, cpu: context.startCPU[index] * tax,
                isService: true))
        answered = add(StartTask(name: "answer", after: [ready], wait: 0.001))
    }
}
