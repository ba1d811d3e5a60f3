import TareCatalog
import TareCore
import TareSimulation
import Testing

@testable import TareModel

@Suite("Disk model")
struct DiskModelTests {
    private func limits(_ kind: String = "gp3", shared: Bool = false) throws -> VolumeLimits {
        let host = try HostSpec.ec2("m6i.metal")
        return try VolumeLimits(kind: kind, host: host, shared: shared, profile: nil, threads: 2)
    }

    @Test("a transfer takes as long as the dearest of bytes, requests and latency: by hand")
    func dearest() throws {
        let gp3 = try limits()
        #expect(gp3.throughput == 125 * 1_048_576 && gp3.operations == 3000)
        func seconds(_ bytes: Double, _ requests: Double, _ depth: Double, fresh: Bool = false) -> Double {
            var volume = VolumeState(gp3)
            return volume.reserve(bytes, requests: requests, depth: depth, isFresh: fresh, at: .zero).seconds
        }
        // 125 MiB in large requests: one second by the bytes.
        #expect(abs(seconds(125 * 1_048_576, 125, 32) - 1) < 1e-6)
        // 6,000 small requests: two seconds by the requests, less the hundredth of a second that is kept.
        #expect(abs(seconds(6000 * 4096, 6000, 64) - 1.99) < 1e-6)
        // One at a time, a millisecond each: Little's law.
        #expect(abs(seconds(500 * 4096, 500, 1) - 0.5) < 1e-6)
        // 8 MiB that were never read: 16 chunks, 36 ms each, four at once.
        #expect(abs(seconds(8 * 1_048_576, 64, 4, fresh: true) - (64 * 0.001 + 16 * 0.036) / 4) < 1e-6)
    }

    @Test("two readers of one volume queue, and two volumes do not")
    func queue() throws {
        var volume = VolumeState(try limits())
        let bytes = 125.0 * 1_048_576
        _ = volume.reserve(bytes, requests: 1000, depth: 32, isFresh: false, at: .zero)
        let second = volume.reserve(bytes, requests: 1000, depth: 32, isFresh: false, at: .zero)
        #expect(abs(second.seconds - 2) < 1e-6)
    }

    @Test("a gp2 volume bursts to 3,000 requests a second, and a gp3 volume keeps that for ever")
    func burst() throws {
        var volume = VolumeState(try limits("gp2"))
        let first = volume.reserve(3000 * 4096, requests: 3000, depth: 64, isFresh: false, at: .zero)
        #expect(abs(first.seconds - 1) < 1e-6)
        let rest = volume.reserve(4096, requests: 5_400_000, depth: 1e6, isFresh: false, at: first)
        #expect(rest.seconds > 1700)
    }

    @Test("a path through a monitor has fewer requests a second than the bare drive")
    func path() throws {
        let host = Sample.host()
        let bare = try VolumeLimits(kind: "gp3", host: host, shared: true, profile: nil, threads: 1)
        var last = bare.operations
        for id in ["qemu-kvm", "cloud-hypervisor", "microvm"] {
            let guest = try VolumeLimits(
                kind: "gp3", host: host, shared: true, profile: try .named(id), threads: 1)
            #expect(guest.operations < last && guest.latency > bare.latency)
            last = guest.operations
        }
        #expect(abs(1 / bare.latency - 16473) < 1)
    }

    @Test("the first start from a snapshot's volume is slower than the next by what its blocks cost")
    func firstTouch() throws {
        func first(_ start: VMPlatformSpec.Start) throws -> Double {
            let host = try HostSpec.ec2("m6i.metal")
            let arm = ModelInput.Arm.vm(VMPlatformSpec(profile: "nitro", start: start))
            return try #require(try Sample.run(1, arm, host: host, variation: 0).instances[0].marks[.firstResponse])
        }
        let cold = try first(.cold)
        let warm = try first(.warm)
        // 45 MiB of kernel alone are 90 chunks, 36 ms each and four at once: 0.8 s.
        #expect(cold - warm > 0.8 && cold - warm < 5)
    }

    @Test("guests that start at once contend for the volume card")
    func card() throws {
        var host = try HostSpec.ec2("m6i.metal")
        (host.diskBandwidth, host.diskBurstBandwidth) = (200e6, 200e6)
        let arm = ModelInput.Arm.vm(VMPlatformSpec(profile: "nitro", start: .warm))
        func last(_ count: Int) throws -> Double {
            try Sample.run(count, arm, host: host, variation: 0).instances.compactMap { $0.marks[.firstResponse] }
                .max() ?? 0
        }
        let one = try last(1)
        // 100 guests read some 70 MB each over 200 MB/s: at least 30 s, where one needs a few.
        #expect(try last(100) > max(30, 2 * one))
    }

    @Test("every byte of the plans is moved once: guests each their own, layers once for all", arguments: [1, 7, 40])
    func conservation(count: Int) throws {
        let vm = try Sample.run(count, .vm(VMPlatformSpec(profile: "nitro")), host: Sample.host(cores: 96))
        let one = try Sample.run(1, .vm(VMPlatformSpec(profile: "nitro")), host: Sample.host(cores: 96))
        #expect(abs(vm.work.diskBytes - Double(count) * one.work.diskBytes) < 1)
        let container = try Sample.run(count, .container(ContainerPlatformSpec()))
        let image = Sample.service(1).containerContent
        #expect(abs(container.work.networkBytes - image.bytes(by: .wire).doubleValue) < 1)
        let files = try WorkloadProfile.named("nginx")
        let read = files.runtimeFile.base + files.appFile.base
        let written = image.bytes(by: .allocated).doubleValue
        #expect(abs(container.work.diskBytes - written - read) < 2)
    }

    @Test("an image of many pieces is fetched whole")
    func manyPieces() throws {
        var service = Sample.service(1)
        for index in 0..<100 { service.containerContent.add(payload: .mebibytes(1), of: "part-\(index)") }
        let outcome = try Model.run(
            ModelInput(
                host: Sample.host(), arm: .container(ContainerPlatformSpec()), services: [service], seed: 1))
        #expect(abs(outcome.work.networkBytes - service.containerContent.bytes(by: .wire).doubleValue) < 1)
        #expect(outcome.instances[0].outcome == .ready)
    }

    @Test("a plan past its most steps loses no work")
    func longPlan() {
        var plan = StartPlan()
        var last: [Int] = []
        for index in 0..<200 { last = [plan.add(StartTask(name: "\(index)", after: last, disk: 1, cpu: 0.5))] }
        #expect(plan.tasks.count == StartPlan.most)
        #expect(plan.total.disk == 200 && plan.total.cpu == 100)
        #expect(plan.tasks.indices.allSatisfy { index in plan.tasks[index].after.allSatisfy { $0 < index } })
    }
}
