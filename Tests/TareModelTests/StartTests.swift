import TareCatalog
import TareCore
import Testing

@testable import TareModel

@Suite("StartSimulation")
struct StartTests {
    private func marks(_ count: Int, _ arm: ModelInput.Arm, host: HostSpec = Sample.host()) throws -> [Double] {
        try Sample.run(count, arm, host: host, variation: 0).instances.compactMap { $0.marks[.firstResponse] }
    }

    @Test("the network lock is taken in turn: with warm layers the k-th container waits k holds")
    func lock() throws {
        let warm = ModelInput.Arm.container(ContainerPlatformSpec(start: .warm))
        let times = try marks(40, warm)
        let one = try #require(try marks(1, warm).first)
        let last = try #require(times.max())
        // 6 ms of lock, 40 in turn, on 48 cores: nothing else waits.
        #expect(abs(last - one - 39 * 0.006) < 1e-6)
    }

    @Test("layers are fetched once: ten cold containers take hardly longer to fetch than one")
    func fetch() throws {
        let cold = ModelInput.Arm.container(ContainerPlatformSpec(start: .cold))
        let one = try #require(try marks(1, cold).max())
        let ten = try #require(try marks(10, cold).max())
        #expect(ten - one < 0.08)
        #expect(one > (try #require(try marks(1, .container(ContainerPlatformSpec(start: .warm))).max())) + 0.3)
    }

    @Test("marks come in their order and phases lie inside the start")
    func order() throws {
        for arm in Sample.arms {
            let outcome = try Sample.run(5, arm)
            for start in outcome.instances {
                let times = StartMark.allCases.compactMap { start.marks[$0] }
                #expect(times.count == StartMark.allCases.count)
                #expect(times == times.sorted())
            }
            for timeline in outcome.timelines {
                for phase in timeline.phases { #expect(phase.start >= 0 && phase.end >= phase.start) }
                #expect(timeline.phases.contains { $0.critical })
            }
        }
    }

    @Test("a cloud guest takes longer than a minimal one, and a VM longer than a container")
    func guests() throws {
        var service = Sample.service(1)
        let arm = ModelInput.Arm.vm(VMPlatformSpec(profile: "qemu-kvm"))
        func first(_ service: ServiceSpec, _ arm: ModelInput.Arm) throws -> Double {
            let input = ModelInput(host: Sample.host(), arm: arm, services: [service], seed: 1, variation: 0)
            return try #require(try Model.run(input).instances[0].marks[.firstResponse])
        }
        let minimal = try first(service, arm)
        service.guest = "debian-12-cloud"
        let cloud = try first(service, arm)
        #expect(cloud > minimal * 1.5)
        #expect(minimal > 2 * (try first(service, .container(ContainerPlatformSpec(start: .warm)))))
    }

    @Test("a host is made from a catalogue row, with its volumes' burst and its addresses")
    func catalogue() throws {
        let host = try HostSpec.ec2("m6i.metal")
        #expect(host.threads == 128 && host.nodes.count == 2 && host.storage == .blockVolumes)
        #expect(host.diskBandwidth == 5e9 && host.addresses == 735 && host.pricePerHour?.value == 6.144)
        let burst = try HostSpec.ec2("t3.medium")
        #expect(burst.credits?.baseline == 0.2 && burst.diskBurstBandwidth > burst.diskBandwidth)
        #expect(try HostSpec.ec2("t3.micro").credits?.baseline == 0.1)
        let drives = try HostSpec.ec2("i4i.metal")
        #expect(drives.storage == .local && drives.constants["host/disk-requests"]?.source == "A23-rr4k_deep-bare")
        #expect(throws: TareError.self) { try HostSpec.ec2("m9.huge") }
    }
}
