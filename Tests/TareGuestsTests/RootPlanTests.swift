import TareCatalog
import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite struct RootPlanTests {
    private func chain(_ plan: RootPlan) -> [String] {
        var titles: [String] = []
        var each: RootPlan? = plan
        while let plan = each {
            titles.append(plan.title)
            each = plan.below
        }
        return titles
    }

    @Test("each base stands on the largest built-in base that it contains, and a workload on its base")
    func chains() {
        #expect(chain(RootPlan(base: .container, workload: nil)) == ["debian-12-container"])
        #expect(
            chain(RootPlan(base: .cloud, workload: .nginx)) == [
                "debian-12-cloud + nginx", "debian-12-cloud", "debian-12-minimal", "debian-12-container",
            ]
        )
    }

    @Test("a base of one's own of another release stands on that release alone")
    func otherRelease() {
        let base = BaseSystem(id: "mine", title: "Mine", role: .guest, release: "trixie", packages: ["dbus"])
        let plan = RootPlan(base: base, workload: nil)
        #expect(plan.below?.packages == [])
        #expect(plan.below?.base.release == "trixie")
        #expect(plan.below?.below == nil)
    }

    @Test("the key changes with packages, files, base and indexes, and not with a title or the order of packages")
    func keys() throws {
        let source = try SHA256.digest(of: "indexes")
        let key = try RootPlan(base: .minimal, workload: .flask).key(source: source)
        var workload = Workload.flask
        workload.files[0].text += "#"
        var base = BaseSystem.minimal
        base.title = "Another"
        base.packages.reverse()
        #expect(key.utf8.count == 32)
        #expect(try RootPlan(base: base, workload: .flask).key(source: source) == key)
        #expect(try RootPlan(base: .minimal, workload: workload).key(source: source) != key)
        #expect(try RootPlan(base: .container, workload: .flask).key(source: source) != key)
        #expect(try RootPlan(base: .minimal, workload: nil).key(source: source) != key)
        #expect(try RootPlan(base: .minimal, workload: .flask).key(source: SHA256.digest(of: "newer")) != key)
    }

    @Test("the 24 built-in roots have 24 keys")
    func distinct() throws {
        let source = try SHA256.digest(of: "indexes")
        var keys: Set<String> = []
        for base in BaseSystem.builtins {
            for workload in [nil] + Workload.builtins.map(Optional.some) {
                keys.insert(try RootPlan(base: base, workload: workload).key(source: source))
            }
        }
        #expect(keys.count == 24)
    }
}
