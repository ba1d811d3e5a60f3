import TareCatalog
import TareCore

/// An input with its profiles looked up: what every part of the model reads.
struct ModelContext {
    let input: ModelInput
    let hypervisor: HypervisorProfile?
    let engine: EngineProfile?
    let guests: [GuestProfile]
    let hostSystem: GuestProfile?
    let memories: [ServiceMemory]
    let startCPU: [Double]
    /// The limits of each service's volume.
    let volumes: [VolumeLimits]
    /// Whether every instance has a volume of its own; otherwise all share the first.
    let hasOwnVolumes: Bool
    private(set) var constants: [String: Figure]
    private(set) var warnings: [String] = []

    /// What every new guest disk gains by its first boot, and what a container's upper layer or a difference file costs.
    let growth = Figure.assumed(11, "MiB")
    let differenceFile = Figure.assumed(197, "kB")

    init(_ input: ModelInput) throws(TareError) {
        self.input = input
        var constants = input.host.constants
        var warnings: [String] = []
        func note(_ prefix: String, _ figures: [String: Figure]) {
            for (name, figure) in figures { constants["\(prefix)/\(name)"] = figure }
        }
        let system: String
        let needsHost: Bool
        switch input.arm {
        case .vm(let spec):
            let profile: HypervisorProfile
            if let own = spec.ownProfile { profile = own } else { profile = try .named(spec.profile) }
            note(profile.id, profile.constants)
            hypervisor = profile
            engine = nil
            (system, needsHost) = (spec.hostSystem, profile.needsHostSystem)
            note("vm", ["first-boot-growth": growth])
            if needsHost, spec.hostContent == nil { warnings.append("the host system's disk is not weighed") }
        case .container(let spec):
            let profile: EngineProfile
            if let own = spec.ownProfile { profile = own } else { profile = try .named(spec.profile) }
            note(profile.id, profile.constants)
            hypervisor = nil
            engine = profile
            (system, needsHost) = (spec.hostSystem, true)
            if spec.hostContent == nil { warnings.append("the host system's disk is not weighed") }
        }
        var guests: [GuestProfile] = []
        var memories: [ServiceMemory] = []
        var work: [Double] = []
        func bytes(_ figure: Figure) -> ByteCount { ByteCount(Int64(figure.base.rounded())) }
        for service in input.services {
            guard service.replicas >= 0, service.memory > .zero, service.vcpus > 0 else {
                throw TareError(
                    .invalid, subject: service.name, "replicas, memory and vCPUs must be above zero",
                    hint: "give the service a memory such as 256MiB")
            }
            let guest: GuestProfile
            if let given = service.guestProfile {
                guest = given
            } else {
                // A container has no guest; a profile holds its place in the list and is not read.
                let isContainer = input.arm.platform == .container && service.guest.isEmpty
                guest = try GuestProfile.named(isContainer ? system : service.guest)
            }
            guests.append(guest)
            if input.arm.platform == .vm {
                note(service.guest, guest.constants)
                note(service.guest + "/daemon", guest.daemons)
                for unit in guest.units { note("\(service.guest)/\(unit.name)", ["cpu": unit.cpu, "read": unit.read]) }
            }
            let workload: WorkloadProfile
            if let own = service.workloadProfile {
                workload = own
                if service.serviceMemory == nil || service.startCPU == nil {
                    warnings.append(
                        "\(service.name): memory and start of `\(service.workload)` are assumed from the size of its content"
                    )
                }
            } else {
                workload = try WorkloadProfile.named(service.workload)
            }
            note(
                "workload/\(service.workload)",
                ["start-cpu": workload.startCPU, "anonymous": workload.runtimeAnonymous, "file": workload.runtimeFile])
            memories.append(
                service.serviceMemory
                    ?? ServiceMemory(
                        runtimeAnonymous: bytes(workload.runtimeAnonymous), appAnonymous: bytes(workload.appAnonymous),
                        runtimeFile: bytes(workload.runtimeFile), appFile: bytes(workload.appFile)))
            work.append(service.startCPU ?? workload.startCPU.base)
        }
        var volumes: [VolumeLimits] = []
        var own = false
        for service in input.services {
            var kind = "gp3"
            if case .vm(let spec) = input.arm, let hypervisor {
                own = hypervisor.carvesMemory && input.host.storage == .blockVolumes
                if own { kind = spec.volumeKind }
            }
            let limits = try VolumeLimits(
                kind: kind, host: input.host, shared: !own, profile: hypervisor, threads: service.vcpus)
            note("host", limits.figures)
            volumes.append(limits)
        }
        self.volumes = volumes
        hasOwnVolumes = own
        self.guests = guests
        self.memories = memories
        startCPU = work
        hostSystem = needsHost ? try GuestProfile.named(system) : nil
        if needsHost, let hostSystem { note("host-system", hostSystem.constants) }
        self.constants = constants
        self.warnings = warnings
    }

    /// Containers whose file pages are the same as those of service `index`.
    func fileKey(_ index: Int) -> String {
        let service = input.services[index]
        if case .container(let spec) = input.arm, spec.storage == .copy { return "private" }
        return service.workload + "\n" + (service.containerContent.pieces.first { !$0.isBase }?.identity ?? "")
    }
}
