import TareCatalog
import TareCore
import Testing

@testable import TareWeigh

@Suite("BaseDetection")
struct BaseDetectionTests {
    private func detected(_ packages: [String], id: String = "debian", codename: String = "bookworm") throws -> String?
    {
        let stanzas = packages.map { "Package: \($0)\nStatus: install ok installed\n" }.joined(separator: "\n")
        let tree = try TestTree([
            "/var/lib/dpkg/status": stanzas,
            "/usr/lib/os-release": "ID=\(id)\nVERSION_CODENAME=\"\(codename)\"\n",
        ])
        try tree.write("/etc/hostname", [])
        try tree.symlink("/etc/os-release", to: "../usr/lib/os-release")
        let result = try Weigher(measuresWire: false).weigh(tree.root)
        #expect(result.isBaseDetected == (result.weighing.base != nil))
        return result.weighing.base
    }

    @Test("each built-in base is found by its own packages", arguments: BaseSystem.builtins)
    func builtins(base: BaseSystem) throws {
        #expect(try detected(base.packages + ["apt", "dpkg"]) == base.id)
    }

    @Test("another distribution, another release or a kernel without systemd is no known base")
    func others() throws {
        #expect(try detected(["dpkg"], id: "ubuntu") == nil)
        #expect(try detected(["dpkg"], codename: "trixie") == nil)
        #expect(try detected(["dpkg", "linux-image-amd64"]) == nil)
    }
}
