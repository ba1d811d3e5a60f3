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

    @Test("a sparse file reads as the zeros that it holds, and its blocks are counted apart from its size")
    func sparse() throws {
        let tree = try TestTree(["/x": "a"])
        let size = 3 << 20
        let descriptor = open(tree.root + "/sparse", O_RDWR | O_CREAT, 0o644)
        defer { close(descriptor) }
        #expect(ftruncate(descriptor, off_t(size)) == 0)
        #expect(pwrite(descriptor, "middle", 6, 1 << 20) == 6)
        let reader = DirectoryReader(root: tree.root)
        let read = try reader.tree()
        let node = try #require(read.nodes.first { $0.path == "/sparse" })
        var bytes: [UInt8] = []
        try reader.read(node) { (piece) throws(TareError) in bytes.append(contentsOf: piece) }
        var expected = [UInt8](repeating: 0, count: size)
        expected.replaceSubrange((1 << 20)..<((1 << 20) + 6), with: Array("middle".utf8))
        #expect(bytes == expected)
        let weights = try Weigher().weigh(tree.root).weighing.weights
        #expect(weights.used.bytes == Int64(size) + 1)
        #expect(weights.allocated.bytes < Int64(size))
        #expect(weights.wire.bytes < 4096)
    }

    @Test(
        "packages weigh what dpkg-query and stat say",
        .enabled(if: access("/usr/bin/dpkg-query", X_OK) == 0, "dpkg-query tells the files"))
    func independentCount() throws {
        let tree = try TestTree()
        #expect(try TestTree.python(Self.counter, tree.root) == 0)
        let result = try Weigher(measuresWire: false).weigh(tree.root)
        let text = try String(contentsOfFile: tree.root + "/var/lib/dpkg/expected", encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.count >= 3)
        for line in lines {
            let package = try #require(result.packages.first { $0.name == line[0] })
            #expect(Int64(line[1]) == package.used.bytes, "\(line[0])")
            #expect(Int(line[2]) == package.files, "\(line[0])")
        }
        #expect(result.packages.count == lines.count)
    }

    /// Makes a root of some of this machine's packages, and counts them its own way.
    private static let counter = """
        import os, shutil, subprocess, sys
        root = sys.argv[1]
        home = root + "/var/lib/dpkg"
        os.makedirs(home + "/info")
        query = lambda *words: subprocess.run(["dpkg-query", *words], capture_output=True, text=True).stdout
        names = [n for n in ["bash", "sed", "grep", "gzip", "base-files"] if query("-L", n)]
        for name in names:
            shutil.copy(f"/var/lib/dpkg/info/{name}.list", home + "/info")
        listed = sorted({p for n in names for p in query("-L", n).splitlines() if p.startswith("/") and p != "/."})
        # On a merged-usr system the listed /bin/x lies in /usr/bin.
        real = lambda path: os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        for path in listed:
            target = root + real(path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.lexists(target): continue
            if os.path.islink(path): os.symlink(os.readlink(path), target)
            elif os.path.isdir(path): os.makedirs(target)
            elif os.path.isfile(path): shutil.copyfile(path, target)
        stanzas = open("/var/lib/dpkg/status").read().split("\\n\\n")
        kept = [s for s in stanzas if s.split("\\n")[0].removeprefix("Package: ") in names]
        open(home + "/status", "w").write("\\n\\n".join(kept) + "\\n")
        with open(home + "/expected", "w") as out:
            for name in names:
                seen = {}
                for path in query("--admindir=" + home, "-L", name).splitlines():
                    place = root + real(path)
                    if os.path.isfile(place) and not os.path.islink(place):
                        seen[os.stat(place).st_ino] = os.stat(place).st_size
                out.write(f"{name} {sum(seen.values())} {len(seen)}\\n")
        """

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
