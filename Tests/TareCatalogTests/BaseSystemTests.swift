import TareCatalog
import Testing

@Suite("BaseSystem")
struct BaseSystemTests {
    @Test("the three base systems are found by their ids; only guests have a volume")
    func ids() {
        let wanted = ["debian-12-container", "debian-12-minimal", "debian-12-cloud"]
        #expect(BaseSystem.builtins.map(\.id) == wanted)
        for base in BaseSystem.builtins {
            #expect(BaseSystem.builtin(base.id) == base)
            #expect((base.role == .guest) == (base.volume != nil))
            #expect(Set(base.packages).count == base.packages.count)
        }
    }

    @Test("guest B holds all of guest A, so that B can be built on A")
    func cloudHoldsMinimal() {
        #expect(Set(BaseSystem.cloud.packages).isSuperset(of: BaseSystem.minimal.packages))
    }
}
