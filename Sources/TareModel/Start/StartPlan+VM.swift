import TareCatalog
import TareCore

extension StartPlan {
    /// The start of a guest: control plane, VMM, memory, firmware, boot loader, kernel, initramfs, the service
    /// manager's graph, the service, its answer.
    ///
    /// CPU inside the guest costs `1 + cpu-tax`. Memory is cleared only where it is assigned as a whole.
    init(guest index: Int, _ context: ModelContext, hypervisor: HypervisorProfile, spec: VMPlatformSpec) {
        let service = context.input.services[index]
        let guest = context.guests[index]
        let tax = 1 + hypervisor.value("cpu-tax")
        let cold = spec.start == .cold
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
        if cold, cached {
            let reads = guest.value("kernel-read") + guest.units.reduce(0) { $0 + $1.read.base }
            last = add(StartTask(name: "read-base", after: [last], disk: reads, once: "base:\(service.guest)"))
        }
        let own = cold && !cached ? 1.0 : 0
        last = add(
            StartTask(
                name: "kernel", after: [last], disk: own * guest.value("kernel-read"),
                cpu: guest.value("kernel-cpu") * tax))
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
                    disk: own * unit.read.base, cpu: unit.cpu.base * tax))
            known[unit.name] = task
            leaves.subtract(after.isEmpty ? [last] : after)
            leaves.insert(task)
        }
        let network = known["cloud-init"] ?? known["network"] ?? last
        let file = context.memories[index].file.doubleValue
        ready = add(
            StartTask(
                name: "service", after: [network], disk: own * file, cpu: context.startCPU[index] * tax,
                isService: true))
        answered = add(StartTask(name: "answer", after: [ready], wait: 0.001))
    }
}
