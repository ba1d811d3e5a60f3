import TareCore
import Testing

@testable import TareModel

@Suite("The model at scale")
struct ModelScaleTests {
    @Test("ten thousand guests beside ten thousand containers, with few events an instance")
    func tenThousand() throws {
        let host = Sample.host(cores: 96, memory: .gibibytes(16384))
        let vm = try Sample.run(
            10_000, .vm(VMPlatformSpec(profile: "qemu-kvm", clone: .linked)), host: host, memory: .gibibytes(1))
        let container = try Sample.run(10_000, .container(ContainerPlatformSpec()), host: host)
        #expect(vm.services[0].ready == 10_000)
        #expect(container.services[0].ready == 10_000)
        #expect(vm.events < 10_000 * 60 && container.events < 10_000 * 30)
    }
}
