import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareBuilder

@Suite("RUN", .enabled(if: TestGate.isRoot, "root is needed: mounts and namespaces"), .serialized)
struct RunTestsSerial {
    @Test("a command sees user, folder, variables and shell, and what it writes is one layer with fixed times")
    func environment() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        let image = try await fixture.build(
            """
            FROM base
            ARG A=1
            ENV B=2
            WORKDIR /w
            RUN echo "$A $B $HOME $(pwd) $(id -u):$(id -g)" > out; touch -d 2001-02-03 old
            USER app
            RUN echo "$(id -u):$(id -g) $HOME" && echo second
            RUN ["/bin/sh", "-c", "echo exec $0", "form"]
            SHELL ["/bin/sh", "-ec"]
            RUN false; echo not reached || true
            """.replacing("RUN false; echo not reached || true", with: "RUN echo in the other shell"))
        let lines = try fixture.listing(image)
        #expect(lines.contains("w/out 644 0:0 1 2 /root /w 0:0\n"))
        #expect(fixture.events.output == ["1000:1001 /home/app", "second", "exec form", "in the other shell"])
        // A command that changes nothing makes no layer: no place of a mount stays behind.
        #expect(
            image.steps.filter { $0.text.hasPrefix("RUN") }.map(\.outcome) == [
                .built, .unchanged, .unchanged, .unchanged,
            ])
        #expect(!lines.contains { $0.hasPrefix("etc/hosts") || $0.hasPrefix("etc/resolv") || $0.hasPrefix("dev/") })
    }

    @Test("heredocs run as the shell's text, or as a script of their own")
    func heredocs() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        _ = try await fixture.build(
            "FROM base\nRUN <<E\nx=1\necho $x\nE\nRUN <<'S'\n#!/bin/sh -e\necho script $0\nS\nRUN cat <<E\nto cat\nE\n")
        #expect(fixture.events.output == ["1", "script /.tare-script", "to cat"])
    }

    @Test("bind, cache, tmpfs and secret mounts are in no layer; a cache outlives the build")
    func mounts() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        try fixture.write("src/a", "bound")
        try fixture.write("hidden", "no")
        try fixture.write(".dockerignore", "hidden\n")
        try "s3cret".write(toFile: fixture.folder + "/secret", atomically: false, encoding: .utf8)
        let text = """
            FROM base AS other
            RUN echo from > /file
            FROM base
            RUN --mount=type=bind,source=src,target=/b --mount=type=bind,from=other,source=/file,target=/f \\
                cat /b/a /f; touch /b/x 2>/dev/null || echo read-only
            RUN --mount=type=bind,target=/ctx,rw ls -A /ctx; echo changed > /ctx/src/a
            RUN --mount=type=cache,target=/c,id=one,mode=0700 cat /c/n 2>/dev/null; echo kept > /c/n; stat -c %a /c
            RUN --mount=type=tmpfs,target=/t,size=1m echo x > /t/x
            RUN --mount=type=secret,id=key --mount=type=secret,id=key,env=KEY cat /run/secrets/key; echo " $KEY"
            """
        let image = try await fixture.build(text) { $0.secrets = ["key": fixture.folder + "/secret"] }
        #expect(
            fixture.events.output
                == [
                    "bound", "from", "read-only", ".dockerignore", "src", "700", "s3cret s3cret",
                ].replacingFirst("bound", "boundfrom").filter { $0 != "from" })
        #expect(try String(contentsOfFile: fixture.context + "/src/a", encoding: .utf8) == "bound")
        #expect(image.config.rootfs.diffIDs.count == 1)
        _ = try await fixture.build(text) {
            $0.secrets = ["key": fixture.folder + "/secret"]
            $0.ignoresCache = true
        }
        #expect(fixture.events.output.contains("kept"))
    }

    @Test("--network=none has no links but loopback; the default one has the host's names")
    func network() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        _ = try await fixture.build("FROM base\nRUN --network=none ls /sys/class/net\nRUN cat /etc/hosts; hostname\n")
        #expect(fixture.events.output.first == "lo")
        #expect(fixture.events.output.last == "build")
    }

    @Test("a command that fails stops the build with its last lines, and leaves nothing behind")
    func failure() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        let snapshots = try fixture.library.snapshots.list().count
        let error = await #expect(throws: TareError.self) {
            try await fixture.build("FROM base\nRUN echo one\nRUN echo gone wrong >&2; exit 7\n") {
                $0.names = ["docker.io/library/x:1"]
            }
        }
        #expect(error?.subject == "Dockerfile:3:1")
        #expect(error?.message.hasPrefix("the command ended with 7") == true)
        #expect(error?.causes.map(\.message) == ["gone wrong"])
        #expect(try fixture.library.names.find("docker.io/library/x:1") == nil)
        #expect(!MountTable.current().entries.contains { $0.folder.hasPrefix(fixture.folder) })
        #expect(try fixture.library.snapshots.list().count == snapshots)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/build/work").isEmpty)
    }

    @Test("a build that is stopped ends its command and leaves nothing behind")
    func stopping() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        let task = Task { try await fixture.build("FROM base\nRUN echo begun; sleep 1000\n") }
        while fixture.events.output.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let result = await task.result
        #expect(throws: TareError.self) { try result.get() }
        #expect(!MountTable.current().entries.contains { $0.folder.hasPrefix(fixture.folder) })
    }

    @Test("capabilities are those of a container")
    func capabilities() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        _ = try await fixture.build("FROM base\nRUN cat /proc/self/status\n")
        let line = try #require(fixture.events.output.first { $0.hasPrefix("CapEff:") })
        let set = try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
        #expect(set & (1 << 21) == 0, "SYS_ADMIN")
        #expect(set & 1 == 1, "CHOWN")
    }
}

extension [String] {
    fileprivate func replacingFirst(_ old: String, _ new: String) -> [String] {
        var copy = self
        if let index = copy.firstIndex(of: old) { copy[index] = new }
        return copy
    }
}
