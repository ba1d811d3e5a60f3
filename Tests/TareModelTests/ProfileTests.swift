import FoundationEssentials
import TareCatalog
import TareCore
import TareSimulation
import Testing

@testable import TareModel

@Suite("Profiles of the model")
struct ProfileTests {
    @Test("an unknown guest or workload is refused with the nearest name, and never given another's profile")
    func unknown() throws {
        var service = Sample.service(1)
        service.guest = "debian-12-minimol"
        var input = ModelInput(host: Sample.host(), arm: Sample.arms[1], services: [service], seed: 1)
        let guest = #expect(throws: TareError.self) { try Model.run(input) }
        #expect(guest?.hint?.contains("debian-12-minimal") == true)
        service = Sample.service(1)
        service.workload = "flaske"
        input.services = [service]
        let workload = #expect(throws: TareError.self) { try Model.run(input) }
        #expect(workload?.hint?.contains("flask") == true)
    }

    @Test("content of the user's own gets a profile by its size, and the reader is told that it is assumed")
    func ownContent() throws {
        var service = Sample.service(1)
        service.workload = "mine"
        service.workloadProfile = try .ofContent("mine", runtime: .mebibytes(180), app: .mebibytes(20))
        let input = ModelInput(host: Sample.host(), arm: Sample.arms[3], services: [service], seed: 1)
        let outcome = try Model.run(input)
        #expect(outcome.warnings.contains { $0.contains("`mine`") && $0.contains("assumed") })
        #expect(outcome.constants["workload/mine/start-cpu"]?.evidence == .assumed)
        let file = outcome.services[0].instanceMemory.total(.pageCache).mebibytes
        // 6.4% of what is installed is read.
        #expect(abs(file - 200 * 0.064) < 0.01)
    }

    @Test("a profile of the user's own differs from its base in its numbers alone")
    func ownProfile() throws {
        let own = try HypervisorProfile.own(
            basedOn: "microvm", ["vmm-private": .assumed(50, "MiB")], carvesMemory: nil, overcommitsCPU: nil)
        let base = try HypervisorProfile.named("microvm")
        #expect(own.id == "own" && own.carvesMemory == base.carvesMemory)
        #expect(own.value("spawn-cpu") == base.value("spawn-cpu"))
        func memory(_ profile: HypervisorProfile) throws -> Double {
            let arm = ModelInput.Arm.vm(VMPlatformSpec(ownProfile: profile))
            return try Sample.run(1, arm).services[0].instanceMemory.total(.pss).mebibytes
        }
        let difference = 50 - base.value("vmm-private") / 1_048_576
        #expect(abs(try memory(own) - memory(base) - difference) < 0.001)
        #expect(throws: TareError.self) { try HypervisorProfile.own(basedOn: "xen", [:]) }
    }

    @Test("a lighter monitor has less memory of its own: microVM, Cloud Hypervisor, QEMU")
    func monitors() throws {
        func platform(_ id: String) throws -> ByteCount {
            try Sample.run(1, .vm(VMPlatformSpec(profile: id))).services[0].instanceMemory
                .bytes(of: .platform, by: .pss)
        }
        let sizes = try ["microvm", "cloud-hypervisor", "qemu-kvm"].map(platform)
        #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2])
    }

    @Test("every assumed constant of a profile is on the page that lists them")
    func listed() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: "/\(root)/Docs/TareModel.md", encoding: .utf8)
        var constants = try EngineProfile.named("engine").constants
        for id in HypervisorProfile.ids { constants.merge(try HypervisorProfile.named(id).constants) { $1 } }
        for id in GuestProfile.ids { constants.merge(try GuestProfile.named(id).constants) { $1 } }
        let missing = constants.filter { $1.evidence == .assumed && !page.contains("`\($0)`") }.keys.sorted()
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test("replications on one and on two threads are equal to the last bit")
    func threads() async throws {
        func run(_ threads: Int) async throws -> [[InstanceStart]] {
            try await Replications.run(6, threads: threads) { (index) throws(TareError) in
                var input = ModelInput(
                    host: Sample.host(), arm: Sample.arms[index % 5], services: [Sample.service(30)],
                    seed: UInt64(index))
                input.memoryPolicy = .interleave
                return try Model.run(input).instances
            }
        }
        #expect(try await run(1) == run(2))
    }
}
