import FoundationEssentials
import Glibc
import TareCatalog
import TareCore
import Testing

@testable import TareWeigh

@Suite("Weigher")
struct WeigherTests {
    @Test("every byte has one owner and a hard link counts once")
    func owners() throws {
        let files = FileManager.default
        let root = TemporaryRoot.make()
        defer { try? files.removeItem(atPath: root) }
        let texts = [
            "/var/lib/dpkg/status": """
            Package: base
            Status: install ok installed
            Essential: yes

            Package: run
            Status: install ok installed
            Depends: base | none, lib (>= 2)

            Package: lib
            Status: install ok installed
            Section: libs

            """,
            "/var/lib/dpkg/info/base.list": "/bin/sh\n",
            "/var/lib/dpkg/info/run.list": "/usr/bin/run\n",
            "/var/lib/dpkg/info/lib.list": "/usr/lib/lib.so\n",
            "/usr/bin/sh": "12345", "/usr/bin/run": "1234567", "/usr/lib/lib.so": "123", "/srv/x/app": "12",
        ]
        for (path, text) in texts {
            let parent = path.split(separator: "/").dropLast().joined(separator: "/")
            try files.createDirectory(atPath: root + "/" + parent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: root + path))
        }
        try files.createSymbolicLink(atPath: root + "/bin", withDestinationPath: "usr/bin")
        try files.linkItem(atPath: root + "/usr/bin/run", toPath: root + "/usr/bin/run2")
        let workload = Workload(
            id: "t", title: "t", runtimePackages: ["run"], files: [WorkloadFile(path: "/srv/x/app", text: "12")],
            command: ["/srv/x/app"], readiness: .output("x"))
        let weighing = try Weigher().weigh(directory: root, workload: workload).weighing
        #expect(weighing.weights.used.bytes == texts.values.reduce(0) { $0 + Int64($1.utf8.count) })
        #expect(weighing.owners.reduce(ByteCount.zero) { $0 + $1.used } == weighing.weights.used)
        #expect(weighing.bytes(of: .runtime, by: .used) == ByteCount(10))
        #expect(weighing.bytes(of: .app, by: .used) == ByteCount(2))
        #expect(weighing.owners.first { $0.group == .base }?.used == ByteCount(5))
        #expect(weighing.weights.wire > .zero)
    }

    @Test("a file whose name is no UTF-8 is weighed like any other")
    func rawNames() throws {
        let root = TemporaryRoot.make()
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for name in [[0xE9], [0xE8]] as [[UInt8]] {
            let path = Array(root.utf8) + [47] + name
            let folder = path.map(CChar.init(bitPattern:)) + [0]
            #expect(mkdir(folder, 0o755) == 0)
            let file = (path + [47] + name).map(CChar.init(bitPattern:)) + [0]
            let descriptor = open(file, O_WRONLY | O_CREAT, 0o644)
            #expect(write(descriptor, "hello", 5) == 5)
            close(descriptor)
        }
        let result = try Weigher().weigh(root)
        #expect(result.weighing.weights.used.bytes == 10)
        #expect(result.weighing.weights.wire > .zero)
        let paths = try DirectoryReader(root: root + "//").tree().nodes.map(\.path)
        #expect(paths == ["/", "/\\xE8", "/\\xE8/\\xE8", "/\\xE9", "/\\xE9/\\xE9"])
    }

    @Test("a missing directory is told as missing")
    func missing() {
        #expect { try Weigher().weigh(directory: "/nowhere/at/all") } throws: {
            ($0 as? TareError)?.code == .notFound
        }
    }
}

enum TemporaryRoot {
    static func make() -> String { "/tmp/tare-weigh-\(UUID().uuidString)" }
}
