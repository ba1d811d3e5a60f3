import TareCore
import TareExperiment
import Testing

@testable import TareRunners

@Suite("content of a service")
struct ContentSourceTests {
    private func service(_ content: WorkloadContent, payload: ByteCount = .zero, guest: GuestSystem) -> ResolvedService
    {
        ResolvedService(
            name: "web", replicas: 1, workload: "flask", content: content, payload: payload, guestName: "guest",
            guest: guest)
    }

    @Test("guest and container hold the same runtime and application")
    func samePayload() throws {
        let web = service(.builtin("flask"), guest: .builtin("debian-12-cloud"))
        let vm = try RunnerFixture.content.vm(web)
        let container = try RunnerFixture.content.container(web)
        for owner in [Owner.runtime, .app] {
            #expect(vm.bytes(by: .used, of: owner) == container.bytes(by: .used, of: owner))
        }
        #expect(vm.bytes(by: .used, of: .os) == .mebibytes(900))
        #expect(container.bytes(by: .used, of: .os) == .mebibytes(120))
    }

    @Test("a payload counts as application on both sides")
    func payload() throws {
        let web = service(.builtin("flask"), payload: .mebibytes(20), guest: .builtin("debian-12-minimal"))
        #expect(try RunnerFixture.content.vm(web).bytes(by: .used, of: .app) == .mebibytes(21))
        #expect(try RunnerFixture.content.container(web).bytes(by: .used, of: .app) == .mebibytes(21))
    }

    @Test("a guest by its numbers is assumed, and keeps the workload's own bytes")
    func numbers() throws {
        let guest = GuestNumbers(osDisk: .mebibytes(1500), kernel: .mebibytes(12), osMemory: .mebibytes(180), boot: [])
        let manifest = try RunnerFixture.content.vm(service(.builtin("flask"), guest: .numbers(guest)))
        #expect(manifest.bytes(by: .used, of: .os) == .mebibytes(1500))
        #expect(manifest.bytes(by: .used, of: .runtime) == .mebibytes(60))
        #expect(manifest.evidence == .assumed)
    }

    @Test("layers by size become runtime and application")
    func layers() throws {
        let layers = [
            LayerNumbers(kind: .run, title: "install runtime", size: .mebibytes(180)),
            LayerNumbers(kind: .copy, title: "copy app", size: .mebibytes(20)),
        ]
        let manifest = try RunnerFixture.content.container(service(.layers(layers), guest: .builtin("debian-12-cloud")))
        #expect(manifest.bytes(by: .used, of: .runtime) == .mebibytes(180))
        #expect(manifest.bytes(by: .used, of: .app) == .mebibytes(20))
        #expect(manifest.bytes(by: .used, of: .os) == .mebibytes(120))
    }
}
