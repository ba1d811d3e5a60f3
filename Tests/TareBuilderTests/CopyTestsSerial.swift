import FoundationEssentials
import Glibc
import TareCore
import TareTestSupport
import Testing

@testable import TareBuilder

@Suite("COPY and ADD", .enabled(if: TestGate.isRoot, "root is needed: mounts and owners"), .serialized)
struct CopyTestsSerial {
    @Test("a file goes to a name, into a folder by its slash, and into one that is there")
    func files() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        try fixture.write("d/b", "B", mode: 0o755)
        let image = try await fixture.build(
            "FROM scratch\nCOPY a /x\nCOPY a /y/\nCOPY d/b /y\nCOPY d /z\nCOPY a /dot.\n")
        #expect(
            try fixture.listing(image) == [
                "dot. 644 0:0 A", "x 644 0:0 A", "y 755 0:0 /", "y/a 644 0:0 A", "y/b 755 0:0 B", "z 755 0:0 /",
                "z/b 755 0:0 B",
            ])
        #expect(image.config.history?.filter { $0.emptyLayer != true }.count == 5)
        #expect(image.config.rootfs.diffIDs.count == 5)
    }

    @Test("several sources, patterns, heredocs and a relative destination")
    func sources() async throws {
        let fixture = try BuilderFixture()
        for name in ["a.c", "b.c", "c.h", "sub/d.c"] { try fixture.write(name, name) }
        let image = try await fixture.build(
            "FROM scratch\nWORKDIR /w\nCOPY *.c sub/?.c ./\nARG v=1\nCOPY <<one <<'two' /h/\n$v\none\n$v\ntwo\n")
        #expect(
            try fixture.listing(image) == [
                "h 755 0:0 /", "h/one 644 0:0 1\n", "h/two 644 0:0 $v\n", "w 755 0:0 /", "w/a.c 644 0:0 a.c",
                "w/b.c 644 0:0 b.c", "w/d.c 644 0:0 sub/d.c",
            ])
    }

    @Test("owner, mode, excludes and parents")
    func flags() async throws {
        let fixture = try BuilderFixture()
        for name in ["s/a.txt", "s/b.md", "s/t/c.txt"] { try fixture.write(name, "") }
        let image = try await fixture.build(
            """
            FROM scratch
            COPY --chown=5:6 --chmod=u=rwX,go= --exclude=*.md s /o
            COPY --parents s/./t/c.txt s/a.txt /p/
            """)
        #expect(
            try fixture.listing(image) == [
                "o 700 5:6 /", "o/a.txt 600 5:6 ", "o/t 700 5:6 /", "o/t/c.txt 600 5:6 ", "p 755 0:0 /",
                "p/s 755 0:0 /",
                "p/s/a.txt 644 0:0 ", "p/t 755 0:0 /", "p/t/c.txt 644 0:0 ",
            ])
    }

    @Test("links are followed at the top only, and none leads out of context or image")
    func links() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("real", "R")
        try fixture.write("d/in", "I")
        symlink("real", fixture.context + "/link")
        symlink("../real", fixture.context + "/d/inner")
        symlink("/etc/hostname", fixture.context + "/out")
        let image = try await fixture.build("FROM scratch\nCOPY link /l\nCOPY d /d\n")
        #expect(
            try fixture.listing(image) == [
                "d 755 0:0 /", "d/in 644 0:0 I",
                "d/inner -> ../real".replacing("d/inner ->", with: "d/inner 777 0:0 ->"), "l 644 0:0 R",
            ])
        // In the context, /etc/hostname is the context's own, which is not there.
        let error = await #expect(throws: TareError.self) { try await fixture.build("FROM scratch\nCOPY out /o\n") }
        #expect(error?.subject == "Dockerfile:2:1")
        // In the image, an absolute link is the image's own.
        let before = try? FileManager.default.contentsOfDirectory(atPath: "/var/tmp")
        symlink("/var/tmp", fixture.context + "/d/evil")
        let held = try await fixture.build("FROM scratch\nCOPY d /d\nCOPY real /d/evil/escaped\n")
        #expect(try fixture.listing(held).contains("var/tmp/escaped 644 0:0 R"))
        #expect(before?.contains("escaped") == false && access("/var/tmp/escaped", F_OK) != 0)
    }

    @Test(".dockerignore hides files, and brings some back")
    func ignoring() async throws {
        let fixture = try BuilderFixture()
        for name in ["a", "n/b", "n/keep", "n/m/c", "x.log"] { try fixture.write(name, "") }
        try fixture.write(".dockerignore", "n\n!n/keep\n*.log\n.dockerignore\n")
        let image = try await fixture.build("FROM scratch\nCOPY . /\n")
        #expect(try fixture.listing(image).map { String($0.split(separator: " ")[0]) } == ["a", "n", "n/keep"])
        let error = await #expect(throws: TareError.self) { try await fixture.build("FROM scratch\nCOPY x.log /\n") }
        #expect(error?.message.contains(".dockerignore leaves it out") == true)
    }

    @Test(
        "ADD unpacks tar, gzip, bzip2, xz and zstd, and copies what only looks so", arguments: ["", "z", "j", "J", "Z"])
    func archives(kind: String) async throws {
        let fixture = try BuilderFixture()
        try fixture.write("t/f", "F")
        try fixture.write("plain.gz", "no archive")
        let flag = kind == "Z" ? "--zstd" : kind.isEmpty ? "" : "-" + kind
        let status = try await PlainCommand.run(
            "cd \(fixture.context)/t && tar -c \(flag) --owner=7 --group=8 -f ../a.tar . && rm -r ../t")
        #expect(status == 0)
        let image = try await fixture.build(
            "FROM scratch\nADD a.tar /in/\nADD --unpack=false a.tar /raw\nADD plain.gz /\nCOPY a.tar /copied\n")
        let names = try fixture.listing(image).map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        #expect(names == ["copied 644 0:0", "in 755 0:0", "in/f 644 7:8", "plain.gz 644 0:0", "raw 644 0:0"])
    }

    @Test("a linked layer does not depend on what is below")
    func linked() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        let first = try await fixture.build("FROM scratch\nCOPY a /one\nCOPY --link a /deep/two\n")
        let second = try await fixture.build("FROM scratch\nCOPY a /other\nCOPY --link a /deep/two\n")
        #expect(first.config.rootfs.diffIDs[1] == second.config.rootfs.diffIDs[1])
        #expect(second.steps.map(\.outcome) == [.metadata, .built, .cached])
        #expect(try fixture.listing(second).map { $0.split(separator: " ")[0] } == ["deep", "deep/two", "other"])
    }

    @Test("what cannot be copied is told at its line")
    func mistakes() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        try fixture.write("d/b", "B")
        for (text, message) in [
            ("COPY none /x", "none: cannot copy it: the context has nothing of this name"),
            ("COPY *.none /x", "*.none: cannot copy it"), ("COPY --chown=who a /x", "there is no user 'who'"),
            ("COPY a /x\nCOPY d /x", "a file of this name is there"),
            ("COPY d /x\nCOPY a /y/\nCOPY d /y/a", "a file of this name"),
            ("ADD http://127.0.0.1/x /x", "a build takes local files only"),
            ("COPY --from=nobody a /x", "cannot find the image 'nobody'"),
        ] {
            let error = await #expect(throws: TareError.self) { try await fixture.build("FROM scratch\n\(text)\n") }
            #expect(error?.description.contains(message) == true, "\(text): \(error?.description ?? "")")
            if !text.contains("nobody") { #expect(error?.subject.hasPrefix("Dockerfile:") == true) }
        }
    }
}
