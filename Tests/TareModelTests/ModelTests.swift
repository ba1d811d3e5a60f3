import TareCatalog
import TareCore
import Testing

@testable import TareModel

/// Small inputs with round numbers.
enum Sample {
    static func service(_ replicas: Int, memory: ByteCount = .gibibytes(1)) -> ServiceSpec {
        ServiceSpec(
            name: "web", replicas: replicas, workload: "nginx", guest: "debian-12-minimal",
            vmContent: ContentManifest(
                base: "guest", workload: "nginx", os: .mebibytes(300), kernel: .mebibytes(100), runtime: .mebibytes(20),
                app: .mebibytes(10)),
            containerContent: ContentManifest(
                base: "slim", workload: "nginx", os: .mebibytes(80), runtime: .mebibytes(30), app: .mebibytes(10)),
            memory: memory)
    }

    static func host(cores: Int = 48, memory: ByteCount = .gibibytes(384)) -> HostSpec {
        HostSpec(name: "test", cores: cores, memory: memory, pricePerHour: .assumed(4.8, "USD/h"))
    }

    static func run(
        _ replicas: Int,
        _ arm: ModelInput.Arm,
        host: HostSpec = Sample.host(),
        memory: ByteCount = .gibibytes(1),
        variation: Double = 0.1
    ) throws(TareError) -> ModelOutcome {
        try Model.run(
            ModelInput(
                host: host, arm: arm, services: [service(replicas, memory: memory)], seed: 7, variation: variation))
    }

    static let arms: [ModelInput.Arm] = [
        .vm(VMPlatformSpec(profile: "nitro")), .vm(VMPlatformSpec(profile: "qemu-kvm", clone: .linked)),
        .vm(VMPlatformSpec(profile: "microvm", clone: .sharedBase)), .container(ContainerPlatformSpec()),
        .container(ContainerPlatformSpec(storage: .copy)),
    ]
}

@Suite("Model")
struct ModelTests {
    @Test("full copies multiply, a linked clone and overlay layers count once: by hand")
    func disk() throws {
        let full = try Sample.run(10, .vm(VMPlatformSpec(profile: "qemu-kvm")))
        #expect(full.hostDisk.bytes(of: .os, by: .used) == .mebibytes(4000))
        let linked = try Sample.run(10, .vm(VMPlatformSpec(profile: "qemu-kvm", clone: .linked)))
        #expect(linked.hostDisk.bytes(of: .os, by: .used) == .mebibytes(400))
        #expect(linked.hostDisk.bytes(of: .writable, by: .used) == .mebibytes(110))
        let shared = try Sample.run(10, .vm(VMPlatformSpec(profile: "qemu-kvm", clone: .sharedBase)))
        #expect(shared.hostDisk.bytes(of: .app, by: .used) == .mebibytes(100))
        let overlay = try Sample.run(10, .container(ContainerPlatformSpec(keepBlobs: false)))
        #expect(overlay.hostDisk.total(.used) == .mebibytes(120))
        #expect(full.hostDisk.total(.virtual) == .gibibytes(80))
        #expect(full.services[0].instanceDisk.total(.virtual) == .gibibytes(8))
    }

    @Test("more instances never take less of the host's disk or memory", arguments: Sample.arms.indices)
    func monotone(arm: Int) throws {
        var disk = ByteCount.zero
        var memory = ByteCount.zero
        for count in [1, 2, 5, 17, 40] {
            let outcome = try Sample.run(count, Sample.arms[arm])
            #expect(outcome.hostDisk.total(.allocated) >= disk)
            #expect(outcome.hostMemory.total(.pss) >= memory)
            (disk, memory) = (outcome.hostDisk.total(.allocated), outcome.hostMemory.total(.pss))
        }
    }

    @Test(
        "owners and unused rows add up to a guest's nominal memory, exactly", arguments: [256, 512, 2048, 8192, 65536])
    func memorySum(mebibytes: Int64) throws {
        for profile in HypervisorProfile.ids {
            let size = ByteCount.mebibytes(mebibytes)
            let rows = try Sample.run(1, .vm(VMPlatformSpec(profile: profile)), memory: size).services[0].instanceMemory
            #expect(rows.total(.configured) == size, "\(profile)")
        }
    }

    @Test(
        "a tuned microVM's MemTotal is the published one",
        arguments: [
            (512, "A17-512"), (2048, "A17-2048"), (8192, "A17-8192"),
        ])
    func memTotal(mebibytes: Int64, row: String) throws {
        var service = Sample.service(1, memory: .mebibytes(mebibytes))
        service.guest = "linux-4.14-tuned"
        let outcome = try Model.run(
            ModelInput(host: Sample.host(), arm: .vm(VMPlatformSpec(profile: "microvm")), services: [service], seed: 1))
        let published = try PublishedFigures.figure(id: row).base
        let modelled = try #require(outcome.services[0].guestMemTotal).doubleValue
        #expect(abs(modelled / published - 1) < 0.01)
    }

    @Test("MemTotal of every Nitro size in the catalogue is within 6%, and the median within 1%")
    func nitroMemory() throws {
        var errors: [Double] = []
        for type in try EC2Catalog.all() where !type.bareMetal {
            guard let measured = type.guestMemTotalMiB else { continue }
            var service = Sample.service(1, memory: type.memory)
            service.vcpus = type.vcpus
            let memory = GuestMemory(
                service: service,
                memory: ServiceMemory(
                    runtimeAnonymous: .zero, appAnonymous: .zero, runtimeFile: .zero, appFile: .zero),
                guest: try GuestProfile.named("debian-12-minimal"), hypervisor: try HypervisorProfile.named("nitro"),
                architecture: type.architecture, sharers: 1)
            errors.append(abs(memory.memTotal.mebibytes / Double(measured) - 1))
        }
        errors.sort()
        #expect(errors.count > 60)
        #expect(errors[errors.count / 2] < 0.01)
        #expect(try #require(errors.last) < 0.06)
    }

    @Test("one seed gives one outcome, another seed another")
    func deterministic() throws {
        for arm in Sample.arms {
            #expect(try Sample.run(30, arm).instances == Sample.run(30, arm).instances)
        }
        var input = ModelInput(host: Sample.host(), arm: Sample.arms[0], services: [Sample.service(3)], seed: 1)
        let first = try Model.run(input).instances
        input.seed = 2
        #expect(try Model.run(input).instances != first)
    }

    @Test("ninety starts at once on eight cores take longer than one", arguments: Sample.arms.indices)
    func contention(arm: Int) throws {
        let host = Sample.host(cores: 96)
        let small = Sample.host(cores: 8)
        func last(_ outcome: ModelOutcome) -> Double {
            outcome.instances.compactMap { $0.marks[.firstResponse] }.max() ?? 0
        }
        let one = last(try Sample.run(1, Sample.arms[arm], host: host, variation: 0))
        let isNitro = arm == 0
        let many = last(try Sample.run(isNitro ? 96 : 90, Sample.arms[arm], host: isNitro ? host : small, variation: 0))
        #expect(one > 0)
        #expect(many > one * 1.02)
    }

    @Test("what does not fit is refused or ends out of memory, and is reported")
    func outOfMemory() throws {
        let nitro = try Sample.run(10, Sample.arms[0], host: Sample.host(memory: .gibibytes(4)))
        #expect(nitro.instances.filter { $0.outcome == .ready }.count == 4)
        #expect(nitro.warnings.contains { $0.contains("6 of 10") })
        let pinned = try Sample.run(10, Sample.arms[0], host: Sample.host(cores: 3))
        #expect(pinned.services[0].ready == 3)
        let small = try Sample.run(1, Sample.arms[0], memory: .mebibytes(64))
        guard case .outOfMemory = small.instances[0].outcome else {
            Issue.record("64 MiB ran: \(small.instances[0].outcome)")
            return
        }
        let engine = try Sample.run(2000, Sample.arms[3], host: Sample.host(memory: .gibibytes(2)))
        #expect(engine.services[0].ready > 0 && engine.services[0].ready < 2000)
    }

    @Test("the density found is the most that runs")
    func density() throws {
        for arm in Sample.arms.prefix(4) {
            let host = Sample.host(memory: .gibibytes(6))
            let found = try Sample.run(1, arm, host: host).density.largest
            let ready = try Sample.run(found + 20, arm, host: host).services[0].ready
            #expect(abs(ready - found) <= 1, "\(arm)")
        }
        let outcome = try Sample.run(1, Sample.arms[0])
        #expect(outcome.density.limits[.cpu] == 48 && outcome.density.binding == .cpu)
    }

    @Test("the service's own draws are the same in both arms, and cost is price over what runs")
    func shared() throws {
        let vm = try Sample.run(8, Sample.arms[0])
        #expect(vm.costPerServiceHour.map { abs($0 - 0.6) < 1e-12 } == true)
        #expect(vm.constants.values.allSatisfy { $0.source != nil || $0.evidence == .assumed })
        #expect(vm.timelines.map(\.label) == ["first", "median", "last"])
        #expect(vm.timelines[0].phases.contains { $0.name == "unit:udev" })
    }
}
