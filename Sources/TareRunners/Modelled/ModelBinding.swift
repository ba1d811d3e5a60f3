import TareCatalog
import TareCore
import TareExperiment
import TareModel

/// Turns a resolved cell into the model's input, the same way for both arms.
public struct ModelBinding: Sendable {
    /// Memory of an instance where the scenario gives none: the smallest EC2 size that runs all built-in workloads.
    public static let defaultMemory = ByteCount.mebibytes(512)

    /// Where contents come from.
    public var content: ContentSource

    /// Makes a binding.
    public init(content: ContentSource) { self.content = content }

    /// The input of one replication of one arm.
    ///
    /// - Parameters:
    ///   - cell: the cell with every name replaced.
    ///   - platform: the arm.
    ///   - settings: the scenario's run block, for the state of the caches.
    ///   - seed: the replication's seed, the same for both arms.
    /// - Returns: the model's input.
    /// - Throws: `TareError` where a host, guest or workload is not known.
    public func input(
        _ cell: ResolvedCell, platform: Platform, settings: RunSettings, seed: UInt64
    ) throws(TareError) -> ModelInput {
        let host = try host(cell.host)
        var services: [ServiceSpec] = []
        let calibrated = cell.container.flatMap { content.profiles[$0.profile] }
        for service in cell.services {
            var spec = try spec(service)
            // A workload is the same in both arms, so its measured numbers are too.
            if let own = calibrated?.workloads[spec.workload] { spec.workloadProfile = own }
            services.append(spec)
        }
        let warm = settings.caches.first == .warm
        return ModelInput(
            host: host, arm: try arm(cell, platform: platform, warm: warm), services: services, seed: seed)
    }

    /// The host's numbers.
    ///
    /// - Throws: `TareError.notFound` for an EC2 type that the catalogue does not have.
    public func host(_ choice: HostChoice) throws(TareError) -> HostSpec {
        switch choice {
        case .ec2(let name): return try HostSpec.ec2(name)
        case .thisMachine: return try HostSpec.thisMachine()
        case .numbers(let numbers):
            var host = HostSpec(
                name: "custom", cores: numbers.cores, threadsPerCore: numbers.threadsPerCore, memory: numbers.memory,
                numaNodes: numbers.nodes, diskCapacity: numbers.diskSize,
                diskBandwidth: numbers.diskBytesPerSecond ?? 2e9, diskIOPS: numbers.diskRequestsPerSecond ?? 300_000,
                networkBitsPerSecond: numbers.networkBitsPerSecond ?? 10e9)
            if numbers.diskBytesPerSecond == nil { host.constants["host/disk-bandwidth"] = .assumed(2, "GB/s") }
            if numbers.diskRequestsPerSecond == nil { host.constants["host/disk-requests"] = .assumed(300_000, "IOPS") }
            if numbers.networkBitsPerSecond == nil { host.constants["host/network"] = .assumed(10, "Gbit/s") }
            return host
        }
    }

    private func arm(_ cell: ResolvedCell, platform: Platform, warm: Bool) throws(TareError) -> ModelInput.Arm {
        let hostContent = try? content.weighing(base: ContentSource.hostBase, workload: nil)
        switch platform {
        case .vm:
            let choice = cell.vm ?? VMPlatform()
            var own: HypervisorProfile?
            if let numbers = choice.numbers { own = try Self.profile(numbers) }
            return .vm(
                VMPlatformSpec(
                    profile: choice.profile, ownProfile: own,
                    volumeKind: choice.volumeKind, volume: choice.volume,
                    clone: VMPlatformSpec.Clone(rawValue: choice.clone.rawValue) ?? .full,
                    start: warm ? .warm : .cold, hostSystem: ContentSource.hostBase,
                    hostContent: hostContent.map { ContentManifest(weighing: $0) }))
        case .container:
            let choice = cell.container ?? ContainerPlatform()
            var own: EngineProfile?
            if let calibrated = content.profiles[choice.profile] {
                own = try EngineProfile.calibrated(calibrated.engine, id: "calibrated")
            }
            return .container(
                ContainerPlatformSpec(
                    profile: choice.profile, ownProfile: own,
                    storage: ContainerPlatformSpec.Storage(rawValue: choice.storage) ?? .overlay,
                    start: warm ? .warm : .cold, hostSystem: ContentSource.hostBase,
                    hostContent: hostContent.map { ContentManifest(weighing: $0) }))
        }
    }

    private func spec(_ service: ResolvedService) throws(TareError) -> ServiceSpec {
        var spec = ServiceSpec(
            name: service.name, replicas: service.replicas, workload: service.workload, guest: service.guestName,
            vmContent: try content.vm(service), containerContent: try content.container(service),
            memory: service.memory ?? Self.defaultMemory,
            writesPerHour: ByteCount(Int64((service.writesBytesPerSecond * 3600).rounded())))
        if case .builtin(let id) = service.content {
            spec.workload = id
        } else {
            func bytes(_ owner: Owner) -> ByteCount { spec.containerContent.bytes(by: .used, of: owner) }
            spec.workloadProfile = try WorkloadProfile.ofContent(
                service.workload, runtime: bytes(.runtime), app: bytes(.app))
        }
        switch service.guest {
        case .builtin(let id): spec.guest = id
        case .numbers(let numbers):
            spec.guestMemory = numbers.osMemory
            spec.guestProfile = try GuestProfile.own(
                spec.guest,
                booting: numbers.boot.map {
                    .init(
                        name: $0.name, cpuSeconds: $0.cpuSeconds, width: $0.width, read: $0.read,
                        requests: $0.requests)
                })
        case nil: break
        }
        spec.load = service.load.map { load in
            LoadSpec(
                requestsPerSecond: load.requestsPerSecond, cpu: load.cpuSeconds,
                shape: LoadSpec.Shape(rawValue: load.shape) ?? .exponential,
                discipline: LoadSpec.Discipline(rawValue: load.threads) ?? .queue, bytes: load.bytes,
                reads: Double(load.reads), target: load.p99Seconds)
        }
        return spec
    }

    /// A profile of the user's own: its base, and every number of the scenario marked assumed.
    private static func profile(_ numbers: VMProfileNumbers) throws(TareError) -> HypervisorProfile {
        var figures: [String: Figure] = [:]
        for field in VMProfileNumbers.fields {
            guard let value = numbers.values[field.constant] else { continue }
            let unit =
                switch field.kind {
                case .time: "s"
                case .size: "B"
                case .share: "ratio"
                case .rate: "IOPS"
                }
            figures[field.constant] = .assumed(value, unit)
        }
        return try HypervisorProfile.own(
            basedOn: numbers.basedOn, figures, carvesMemory: numbers.assignsMemory,
            overcommitsCPU: numbers.pinsCPUs.map { !$0 })
    }
}
