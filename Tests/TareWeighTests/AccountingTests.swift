import FoundationEssentials
import TareCatalog
import TareCore
import Testing

@testable import TareWeigh

@Suite("Accounting")
struct AccountingTests {
    private static let status = """
        Package: base
        Status: install ok installed
        Essential: yes

        Package: python
        Status: install ok installed
        Depends: lib

        Package: lib
        Status: install ok installed
        Section: libs

        Package: tool
        Status: install ok installed
        Depends: python

        """

    private let workload = Workload(
        id: "t", title: "t", runtimePackages: ["python"], files: [WorkloadFile(path: "/srv/t/app.py", text: "x")],
        command: ["x"], readiness: .output("x"))

    private func tree() throws -> TestTree {
        try TestTree([
            "/var/lib/dpkg/status": Self.status,
            "/var/lib/dpkg/info/base.list": "/bin/sh\n",
            "/var/lib/dpkg/info/python.list": "/usr/lib/python\n/usr/lib/python/os.py\n/var/lib/python\n",
            "/var/lib/dpkg/info/lib.list": "/usr/lib/lib.so\n",
            "/var/lib/dpkg/info/tool.list": "/usr/bin/tool\n",
            "/bin/sh": "1", "/usr/lib/python/os.py": "22", "/usr/lib/python/__pycache__/os.cpython-311.pyc": "333",
            "/usr/lib/lib.so": "4444", "/usr/bin/tool": "55555", "/var/lib/python/cache": "666666",
            "/srv/t/app.py": "7777777", "/opt/other/x": "88888888", "/etc/made": "999999999",
        ])
    }

    @Test("what both need is given both ways, with the byte code and caches made from it")
    func bothWays() throws {
        let tree = try tree()
        let result = try Weigher().weigh(tree.root, workload: workload)
        let shared = ByteCount(2 + 3 + 4 + 6)
        #expect(result.weighing.bytes(of: .runtime, by: .used) == .zero)
        let other = result.weighing(sharedAs: .runtime)
        #expect(other.bytes(of: .runtime, by: .used) == shared)
        #expect(other.bytes(of: .os, by: .used) == result.weighing.bytes(of: .os, by: .used) - shared)
        for owners in [result.weighing.owners, other.owners] {
            #expect(owners.reduce(ByteCount.zero) { $0 + $1.used } == result.weighing.weights.used)
            #expect(owners.reduce(ByteCount.zero) { $0 + $1.wire } == result.weighing.weights.wire)
        }
        #expect(result.packages.filter(\.shared).map(\.name) == ["lib", "python"])
    }

    @Test("folders of applications are the app's where a workload is named, and the OS's where none is")
    func appFolders() throws {
        let tree = try tree()
        let named = try Weigher(measuresWire: false).weigh(tree.root, workload: workload)
        #expect(named.weighing.bytes(of: .app, by: .used) == ByteCount(7 + 8))
        let bare = try Weigher(measuresWire: false).weigh(tree.root)
        #expect(bare.weighing.bytes(of: .os, by: .used) == bare.weighing.weights.used)
    }

    @Test("without the tool that needs it, the runtime is the workload's")
    func runtime() throws {
        let tree = try tree()
        let status = Self.status.replacing(
            "Package: tool\nStatus: install ok installed", with: "Package: tool\nStatus: deinstall ok config-files")
        try tree.write("/var/lib/dpkg/status", Array(status.utf8))
        let result = try Weigher(measuresWire: false).weigh(tree.root, workload: workload)
        #expect(result.weighing.bytes(of: .runtime, by: .used) == ByteCount(2 + 3 + 4 + 6))
        #expect(result.attributions[0].owners == result.attributions[1].owners)
        #expect(result.weighing.owners.contains { $0.owner == .runtime && $0.group == .generated && $0.files == 2 })
    }

    @Test("folders and layers add up to the whole")
    func folders() throws {
        let tree = try tree()
        let result = try Weigher(measuresWire: false).weigh(tree.root)
        #expect(result.folders.reduce(ByteCount.zero) { $0 + $1.used } == result.weighing.weights.used)
        #expect(result.folders.contains { $0.path == "/usr/lib/python" && $0.files == 2 })
        #expect(result.layers.isEmpty)
    }

    @Test("random trees: every owner's bytes add up, on any number of threads", arguments: 1...12)
    func random(seed: Int) throws {
        var source = SeededSource(state: UInt64(seed))
        let tree = try TestTree()
        let folders = [
            "/usr/bin", "/usr/lib/a", "/usr/lib/a/__pycache__", "/etc", "/srv/t", "/boot", "/usr/share/doc/x",
        ]
        let packages = (0..<6).map { "p\($0)" }
        var lists: [String: [String]] = [:]
        var sum: Int64 = 0
        var paths: [String] = []
        for number in 0..<80 {
            let folder = folders.randomElement(using: &source) ?? "/etc"
            let path = folder + "/f\(number)"
            if let old = paths.randomElement(using: &source), Int.random(in: 0..<8, using: &source) == 0 {
                try FileManager.default.createDirectory(atPath: tree.root + folder, withIntermediateDirectories: true)
                try tree.hardLink(path, to: old)
            } else {
                let size = Int.random(in: 0..<9000, using: &source)
                try tree.write(path, (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) })
                sum += Int64(size)
            }
            paths.append(path)
            if let package = packages.randomElement(using: &source), Bool.random(using: &source) {
                lists[package, default: []] += [folder, path]
            }
        }
        var status = ""
        for (number, package) in packages.enumerated() {
            let needs = packages.filter { _ in Int.random(in: 0..<4, using: &source) == 0 }.joined(separator: ", ")
            status += "Package: \(package)\nStatus: install ok installed\n"
            status += (needs.isEmpty ? "" : "Depends: \(needs)\n") + (number == 0 ? "Essential: yes\n" : "") + "\n"
            let list = Array(((lists[package] ?? []).joined(separator: "\n") + "\n").utf8)
            try tree.write("/var/lib/dpkg/info/\(package).list", list)
            sum += Int64(list.count)
        }
        try tree.write("/var/lib/dpkg/status", Array(status.utf8))
        sum += Int64(status.utf8.count)
        let workload = Workload(
            id: "t", title: "t", runtimePackages: ["p3"], appPackages: ["p4"], command: ["x"], readiness: .output("x"))
        let one = try Weigher(threads: 1).weigh(tree.root, workload: workload)
        let four = try Weigher(threads: 4).weigh(tree.root, workload: workload)
        #expect(one.weighing == four.weighing)
        #expect(one.weighing.weights.used.bytes == sum)
        for attribution in one.attributions {
            #expect(attribution.owners.reduce(0) { $0 + $1.used.bytes } == sum)
            #expect(attribution.owners.reduce(ByteCount.zero) { $0 + $1.allocated } == one.weighing.weights.allocated)
        }
        let owned = one.packages.reduce(0) { $0 + $1.used.bytes }
        #expect(owned <= sum)
    }
}
