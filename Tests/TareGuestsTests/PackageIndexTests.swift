import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite struct PackageIndexTests {
    @Test("only Debian's own main of the release is taken, once each, other people's archives are left out")
    func chosen() {
        let text = """
            http://archive.test/debian/|bookworm|main|Debian|Packages|$(SIGNED_BY)
            http://archive.test/debian/|bookworm|main|Debian|Translations|$(SIGNED_BY)
            http://archive.test/debian/|bookworm|contrib|Debian|Packages|$(SIGNED_BY)
            http://archive.test/debian/|bookworm|main|Debian|Packages|$(SIGNED_BY)
            http://archive.test/security/|bookworm-security|main|Debian|Packages|/keys/own.gpg
            http://archive.test/debian/|trixie|main|Debian|Packages|$(SIGNED_BY)
            http://other.test/node/|nodistro|main|. nodistro|Packages|/keys/node.gpg
            garbage
            """
        let found = PackageIndex.indexes(in: text, release: "bookworm", keyring: "/keys/debian.gpg")
        #expect(
            found.map(\.line) == [
                "deb [signed-by=/keys/debian.gpg] http://archive.test/debian/ bookworm main",
                "deb [signed-by=/keys/own.gpg] http://archive.test/security/ bookworm-security main",
            ]
        )
    }

    @Test("no keyring, no option")
    func noKeyring() {
        let index = PackageIndex(address: "http://archive.test/", suite: "sid", keyring: nil)
        #expect(index.line == "deb http://archive.test/ sid main")
    }
}

@Suite struct BuildFailureTests {
    @Test(
        "what apt printed decides the error",
        arguments: [
            ("E: Could not resolve 'archive.test'", TareError.Code.unavailable),
            ("dpkg: error: cannot write: No space left on device", .cannotWrite),
            ("E: You don't have enough free space in /x/archives/.", .cannotWrite),
            ("E: Unable to locate package nonsense", .notFound),
            ("E: Failed to fetch http://archive.test/a.deb  404  Not Found", .unavailable),
            ("segmentation fault", .internal),
        ]
    )
    func codes(log: String, code: TareError.Code) {
        let error = BuildFailure.error(log: log, subject: "root", wanted: "build it")
        #expect(error.code == code)
        #expect(error.hint != nil)
        #expect(!error.description.contains("archive.test/"))
    }

    @Test("a package that the archive no longer has asks for newer indexes, a dead network does not")
    func outdated() {
        let lines = (0..<9).map { "E: what apt says after it, line \($0)\n" }.joined()
        let verdicts = ["Err:1 x 404  Not Found\n", "E: Could not resolve 'archive.test'\n"].map { line in
            BuildFailure.isOutdated(BuildFailure.error(log: line + lines, subject: "root", wanted: "build it"))
        }
        #expect(verdicts == [true, false])
    }

    @Test("addresses are cut to the file's name")
    func addresses() {
        #expect(BuildFailure.withoutAddresses("E: fetch http://h.test/p/a_1.deb now") == "E: fetch (a_1.deb) now")
        #expect(BuildFailure.withoutAddresses("E: Temporary failure resolving 'h.test'").hasSuffix("resolving (host)"))
    }
}

@Suite struct DiskBuilderTests {
    @Test("a digest gives one UUID of version 8")
    func uuid() throws {
        let uuid = DiskBuilder.uuid(of: try SHA256.digest(of: "abc"))
        #expect(uuid == "ba7816bf-8f01-8fea-a141-40de5dae2223")
    }
}
