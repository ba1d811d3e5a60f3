import FoundationEssentials
import TareCatalog
import TareCore
import Testing

@testable import TareWeigh

@Suite("Package databases")
struct PackageDatabaseTests {
    @Test("Alpine: names, needs by library, folders and files")
    func apk() throws {
        let text = """
            P:musl
            V:1.2.5-r0
            A:x86_64
            p:so:libc.musl-x86_64.so.1=1
            F:lib
            R:ld-musl-x86_64.so.1
            a:0:0:755

            P:busybox
            V:1.36-r1
            D:so:libc.musl-x86_64.so.1 !uclibc
            F:bin
            R:busybox

            P:python3
            V:3.12.1-r0
            D:so:libc.musl-x86_64.so.1 libffi>=3
            F:usr/bin
            R:python3
            F:usr/lib/python3
            R:os.py

            """
        let packages = ApkDatabase.parse(Array(text.utf8))
        #expect(packages.map(\.name) == ["musl", "busybox", "python3"])
        #expect(packages[2].depends == [["so:libc.musl-x86_64.so.1"], ["libffi"]])
        #expect(packages[1].depends.count == 1)
        #expect(packages[2].paths.contains("/usr/lib/python3/os.py"))
        let tree = try TestTree([
            "/lib/apk/db/installed": text, "/lib/ld-musl-x86_64.so.1": "1", "/bin/busybox": "22",
            "/usr/bin/python3": "333", "/usr/lib/python3/os.py": "4444",
        ])
        let workload = Workload(
            id: "t", title: "t", runtimePackages: ["python3"], command: ["x"], readiness: .output("x"))
        let result = try Weigher(measuresWire: false).weigh(tree.root, workload: workload)
        #expect(result.packageManager == "apk")
        #expect(result.weighing.bytes(of: .runtime, by: .used) == ByteCount(7))
        #expect(result.weighing.owners.first { $0.group == .base }?.used == ByteCount(3))
        #expect(result.weighing.owners.first { $0.group == .packageDatabase }?.files == 1)
    }

    @Test(
        "rpm: the packages of an SQLite database, with and without a write-ahead log",
        .enabled(if: TestTree.hasPython("sqlite3"), "Python's sqlite3 makes the database"),
        arguments: ["delete", "wal"])
    func rpm(journal: String) throws {
        let tree = try TestTree(["/usr/bin/bash": "1", "/usr/bin/python3": "22", "/usr/lib64/libpython.so": "333"])
        let folder = tree.root + "/usr/lib/sysimage/rpm"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(try TestTree.python(Self.maker, folder + "/rpmdb.sqlite", journal) == 0)
        let hasLog = FileManager.default.fileExists(atPath: folder + "/rpmdb.sqlite-wal")
        #expect(hasLog == (journal == "wal"))
        let workload = Workload(
            id: "t", title: "t", runtimePackages: ["python3"], command: ["x"], readiness: .output("x"))
        let result = try Weigher(measuresWire: false).weigh(tree.root, workload: workload)
        #expect(result.packageManager == "rpm")
        #expect(result.packages.map(\.name) == ["bash", "python3", "python3-libs"])
        #expect(result.packages[0].version == "5.2-1.amzn2023")
        #expect(result.weighing.bytes(of: .runtime, by: .used) == ByteCount(5))
        #expect(result.weighing.owners.contains { $0.owner == .runtime && $0.group == .libraries && $0.files == 1 })
        #expect(result.weighing.owners.first { $0.group == .base }?.used == ByteCount(1))
    }

    @Test("a damaged rpm database is told as damaged")
    func damaged() throws {
        let tree = try TestTree(["/var/lib/rpm/rpmdb.sqlite": "no database at all, but longer than twenty bytes"])
        #expect { try Weigher().weigh(tree.root) } throws: { ($0 as? TareError)?.code == .corrupt }
    }

    @Test(
        "a header that lies about its length is refused", arguments: [[], [0, 0, 0, 1], [0, 0, 255, 255, 0, 0, 0, 9]])
    func header(bytes: [UInt8]) { #expect(RpmHeader(bytes) == nil) }

    @Test("images without a package manager: a stanza a file")
    func statusParts() throws {
        let tree = try TestTree([
            "/var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 12\nEssential: yes\n",
            "/var/lib/dpkg/status.d/base.md5sums": "0123  etc/debian_version\n",
            "/etc/debian_version": "12.9",
        ])
        let result = try Weigher(measuresWire: false).weigh(tree.root)
        #expect(result.packages.map(\.name) == ["base-files"])
        #expect(result.packages[0].used == ByteCount(4))
    }

    /// Writes a database of three packages: headers as rpm stores them.
    private static let maker = """
        import os, sqlite3, struct, sys
        def header(tags):
            index, store = b"", b""
            for tag, (kind, values) in sorted(tags.items()):
                while kind == 4 and len(store) % 4: store += b"\\0"
                index += struct.pack(">IIII", tag, kind, len(store), len(values))
                for value in values:
                    store += struct.pack(">I", value) if kind == 4 else value.encode() + b"\\0"
            return struct.pack(">II", len(tags), len(store)) + index + store
        def package(name, version, release, needs, provides, files):
            folders = sorted({os.path.dirname(f) + "/" for f in files})
            tags = {1000: (6, [name]), 1001: (6, [version]), 1002: (6, [release]), 1022: (6, ["x86_64"]),
                    1047: (8, [name] + provides), 1049: (8, needs)}
            if files:
                tags[1116] = (4, [folders.index(os.path.dirname(f) + "/") for f in files])
                tags[1117] = (8, [os.path.basename(f) for f in files])
                tags[1118] = (8, folders)
            return header(tags)
        path, journal = sys.argv[1:]
        db = sqlite3.connect(path)
        db.execute("PRAGMA journal_mode=" + journal)
        db.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
        for row in [
            ("bash", "5.2", "1.amzn2023", ["rpmlib(X)"], ["/bin/sh"], ["/usr/bin/bash"]),
            ("python3", "3.9", "1", ["/bin/sh", "libpython.so()(64bit)"], [], ["/usr/bin/python3"]),
            ("python3-libs", "3.9", "1", [], ["libpython.so()(64bit)"], ["/usr/lib64/libpython.so"]),
            ("gpg-pubkey", "1", "1", [], [], []),
        ]:
            db.execute("INSERT INTO Packages (blob) VALUES (?)", (package(*row),))
        db.commit()
        os._exit(0)  # leaves a log where there is one, as a crash would
        """
}
