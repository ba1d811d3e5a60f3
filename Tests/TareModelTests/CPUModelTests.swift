import TareCatalog
import TareCore
import TareSimulation
import Testing

@testable import TareModel

@Suite("CPU model")
struct CPUModelTests {
    private func service(cpu: Double, count: Int) -> ServiceSpec {
        var service = Sample.service(count)
        service.serviceMemory = ServiceMemory(
            runtimeAnonymous: .zero, appAnonymous: .zero, runtimeFile: .zero, appFile: .zero)
        service.startCPU = cpu
        return service
    }

    private func outcome(
        _ service: ServiceSpec, _ arm: ModelInput.Arm, _ host: HostSpec
    ) throws(TareError) -> ModelOutcome {
        try Model.run(ModelInput(host: host, arm: arm, services: [service], seed: 1, variation: 0))
    }

    private func last(_ outcome: ModelOutcome) -> Double {
        outcome.instances.compactMap { $0.marks[.firstResponse] }.max() ?? 0
    }

    @Test("a guest without credits runs at its baseline, and one with a balance uses it up first")
    func guestCredits() throws {
        func profile(_ balance: Double) throws -> HypervisorProfile {
            try .own(basedOn: "nitro-burstable", ["credit-balance": .assumed(balance, "s")])
        }
        var times: [Double] = []
        for balance in [0.0, 2, 1800] {
            let arm = ModelInput.Arm.vm(VMPlatformSpec(ownProfile: try profile(balance), start: .warm))
            let result = try outcome(service(cpu: 4, count: 1), arm, Sample.host())
            let spent = try #require(result.services[0].creditsPerStart)
            #expect(spent > 4)
            // What is spent has dripped in at 0.2 cores or was there at the start.
            #expect(last(result) >= (spent - balance) / 0.2 - 1e-6)
            times.append(last(result))
        }
        #expect(times[0] > times[1] + 9 && times[1] > times[2] + 5)
    }

    @Test("a burstable host serves no more than its balance and its baseline, and recovers")
    func hostCredits() throws {
        var host = Sample.host(cores: 2)
        host.credits = HostSpec.Credits(baseline: 0.2, balance: 10)
        let arm = ModelInput.Arm.container(ContainerPlatformSpec(start: .warm))
        let result = try outcome(service(cpu: 2, count: 20), arm, host)
        // 40 core-seconds: 10 from the balance, the rest at 0.4 cores.
        #expect(result.work.coreSeconds <= 10 + 0.4 * last(result) + 0.1)
        #expect(abs(last(result) - (result.work.coreSeconds - 10) / 0.4) < 2)
        host.credits = nil
        #expect(last(try outcome(service(cpu: 2, count: 20), arm, host)) < 22)
    }

    @Test("a bucket empties after balance over use less baseline, and comes back when use falls")
    func bucket() {
        var bucket = FluidBucket(baseline: 1, balance: 10)
        let begins = bucket.update(used: 3, at: .zero)
        #expect(!begins)
        let empty = bucket.change ?? .zero
        #expect(abs(empty.seconds - 5) < 1e-6)
        let empties = bucket.update(used: 3, at: empty)
        #expect(empties && bucket.isEmpty)
        _ = bucket.update(used: 0, at: empty)
        let back = bucket.change ?? .zero
        #expect(abs(back.seconds - 5.1) < 1e-6)
        let returns = bucket.update(used: 0, at: back)
        #expect(returns && !bucket.isEmpty)
    }

    @Test("two threads on one core do a quarter more than one, and no more than one where one job runs")
    func smt() throws {
        let arm = ModelInput.Arm.container(ContainerPlatformSpec(start: .warm))
        func time(_ count: Int, threads: Int) throws -> Double {
            let host = HostSpec(name: "smt", cores: 1, threadsPerCore: threads, memory: .gibibytes(8))
            return last(try outcome(service(cpu: 10, count: count), arm, host))
        }
        let one = try time(1, threads: 1)
        #expect(abs(try time(1, threads: 2) - one) < 1e-3)
        #expect(abs(try time(2, threads: 1) - 20) < 0.2)
        #expect(abs(try time(2, threads: 2) - 16) < 0.2)
        #expect(abs(try time(4, threads: 2) - 32) < 0.2)
    }

    @Test("a quota of half a core makes a start's CPU work take twice as long")
    func quota() throws {
        var limited = service(cpu: 10, count: 1)
        limited.cpuQuota = 0.5
        let arm = ModelInput.Arm.container(ContainerPlatformSpec(start: .warm))
        let time = last(try outcome(limited, arm, Sample.host()))
        #expect(abs(time - 20) < 0.2)
    }

    @Test("a boot by 4,000 units side by side ends, and computes all of them")
    func wide() throws {
        var service = service(cpu: 0, count: 1)
        let phase = GuestProfile.BootPhase(
            name: "init", cpuSeconds: 8, width: 4000, read: .mebibytes(64), requests: 900)
        service.guestProfile = try .own("mine", booting: [phase])
        service.guestMemory = .mebibytes(100)
        let result = try outcome(service, .vm(VMPlatformSpec(profile: "qemu-kvm")), Sample.host())
        #expect(result.instances[0].outcome == .ready)
        #expect(result.work.coreSeconds > 8)
    }
}
