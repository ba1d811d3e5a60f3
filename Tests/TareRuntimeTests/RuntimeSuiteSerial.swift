import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareRuntime

/// What every runtime does; both drivers pass it.
@Suite(.serialized, .enabled(if: ContainerFixture.obstacle == nil, "\(ContainerFixture.obstacle ?? "")"))
struct RuntimeSuiteSerial {
    @Test("output, errors and exit code of a container arrive", arguments: ["crun", "runc"])
    func runs(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let result = try fixture.run(fixture.configuration("echo out; echo err >&2; printf rest; exit 7"))
        #expect(result.exit.code == 7)
        #expect(result.exit.stage == .container)
        #expect(result.output == "out\nrest")
        #expect(result.errors == "err\n")
        #expect(fixture.finish() == [])
    }

    @Test(
        "a created container's program waits for start, then runs, pauses, goes on and is killed",
        arguments: ["crun", "runc"])
    func lives(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let place = try fixture.prepare("life", fixture.configuration("echo up; sleep 60"))
        let runtime = fixture.runtime
        let pid = try runtime.create("life", in: place, options: SupervisorOptions(), attaching: nil)
        #expect(place.pid == pid)
        #expect(try runtime.state("life").status == .created)
        #expect(try ContainerLog(place).entries().isEmpty)
        try runtime.start("life", in: place)
        #expect(try runtime.state("life").status == .running)
        try runtime.pause("life")
        #expect(try runtime.state("life").status == .paused)
        try runtime.resume("life")
        #expect(try runtime.state("life").status == .running)
        #expect(try runtime.processes("life").contains(pid))
        let refused = #expect(throws: TareError.self) { try runtime.delete("life", force: false) }
        #expect(refused?.message.contains("delete") ?? false)
        try runtime.kill("life", signal: SIGKILL, all: false)
        let exit = try place.waitForExit(timeout: 10)
        #expect(exit.signal == SIGKILL)
        #expect(exit.code == 137)
        #expect(try runtime.state("life").status == .stopped)
        try runtime.delete("life", force: false)
        #expect(throws: TareError.self) { try runtime.state("life") }
        try runtime.delete("life", force: true)
        let marks = place.marks()
        #expect(marks.map(\.name) == [.requested, .supervised, .created, .started, .exited])
        #expect(marks.map(\.monotonic) == marks.map(\.monotonic).sorted())
        #expect(try ContainerLog(place).entries().map(\.text) == ["up\n"])
        #expect(fixture.finish() == [])
    }

    @Test("a further process has its own streams and exit code", arguments: ["crun", "runc"])
    func executes(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let place = try fixture.prepare("host", fixture.configuration("sleep 60"))
        _ = try fixture.runtime.run("host", in: place, options: SupervisorOptions(), attaching: nil)
        let further = SupervisorFolder("\(place.path)/exec-1")
        try FolderMaking.make(further.path)
        var process = ExecConfiguration(arguments: ["/bin/sh", "-c", "id -u; pwd; echo $NAME; exit 5"])
        process.user = ContainerUser(uid: 1000, gid: 1000)
        process.workingFolder = "/tmp"
        process.environment.append("NAME=value")
        _ = try fixture.runtime.exec(
            in: "host",
            process,
            folder: further,
            options: SupervisorOptions(),
            attaching: nil
        )
        #expect(try further.waitForExit(timeout: 10).code == 5)
        #expect(try ContainerLog(further).entries().map(\.text) == ["1000\n", "/tmp\n", "value\n"])
        #expect(try place.status() != .lost)
        // The container's first process is its init: it takes all others with it.
        let sleeper = SupervisorFolder("\(place.path)/exec-2")
        try FolderMaking.make(sleeper.path)
        let second = ExecConfiguration(arguments: ["/bin/sleep", "60"])
        _ = try fixture.runtime.exec(in: "host", second, folder: sleeper, options: SupervisorOptions(), attaching: nil)
        try fixture.runtime.kill("host", signal: SIGKILL, all: false)
        #expect(try sleeper.waitForExit(timeout: 10).signal == SIGKILL)
        #expect(try place.waitForExit(timeout: 10).code == 137)
        #expect(fixture.finish() == [])
    }

    @Test("an attached client writes the input and reads all of the output", arguments: ["crun", "runc"])
    func attaches(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let place = try fixture.prepare("pipe", fixture.configuration("echo first; cat"))
        var options = SupervisorOptions()
        options.hasInput = true
        var connected: Client?
        _ = try fixture.runtime.run("pipe", in: place, options: options) { () throws(TareError) in
            connected = try Client(place)
        }
        let client = try #require(connected)
        // More than all buffers on the way hold together, so that input and output must flow at once.
        let sent = [UInt8]((0..<1_000_000).map { UInt8(ascii: "a") + UInt8($0 % 26) })
        let feeding = client.feed(sent)
        var received: [UInt8] = []
        var code: Int32?
        while let message = try client.connection.receive() {
            switch message {
            case .output(let bytes): received += bytes
            case .errors: Issue.record("nothing writes to standard error")
            case .ended(let number): code = number
            }
        }
        feeding.join()
        #expect(code == 0)
        #expect(received == Array("first\n".utf8) + sent)
        #expect(fixture.finish() == [])
    }

    @Test("a container with a terminal has one, of the size that the client says", arguments: ["crun", "runc"])
    func terminal(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        var configuration = fixture.configuration("read line; stty size; [ -t 0 ] && [ -t 2 ] && echo both $line")
        configuration.hasTerminal = true
        let place = try fixture.prepare("tty", configuration)
        var options = SupervisorOptions()
        options.hasTerminal = true
        options.hasInput = true
        _ = try fixture.runtime.run("tty", in: place, options: options, attaching: nil)
        let client = try AttachConnection(place)
        try client.resize(rows: 33, columns: 77)
        try client.send(Array("word\n".utf8))
        #expect(try place.waitForExit(timeout: 10).code == 0)
        let text = try ContainerLog(place).entries().map(\.text).joined()
        #expect(text.contains("33 77"))
        #expect(text.contains("both word"))
        #expect(fixture.finish() == [])
    }

    @Test("limits that are changed hold at once", arguments: ["crun", "runc"])
    func updates(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        var configuration = fixture.configuration("sleep 60")
        configuration.limits.memory = .mebibytes(64)
        configuration.limits.tasks = 50
        let place = try fixture.prepare("limited", configuration)
        _ = try fixture.runtime.run("limited", in: place, options: SupervisorOptions(), attaching: nil)
        let group = try Cgroups.current().group("/\(fixture.word)/limited")
        #expect(try group.limits().memory == .mebibytes(64))
        #expect(try group.limits().tasks == 50)
        var changed = CgroupLimits()
        changed.memory = .mebibytes(96)
        changed.tasks = 70
        changed.cpuQuota = 50_000
        changed.cpuPeriod = 100_000
        try fixture.runtime.update("limited", changed)
        let now = try group.limits()
        #expect(now.memory == .mebibytes(96))
        #expect(now.tasks == 70)
        #expect(now.cpuQuota == 50_000)
        #expect(fixture.finish() == [])
    }

    @Test("a program that is not there is named in the error, and nothing stays", arguments: ["crun", "runc"])
    func refuses(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let place = try fixture.prepare(
            "missing",
            ContainerConfiguration(root: "\(fixture.folder)/root", arguments: ["/bin/absent"])
        )
        let error = #expect(throws: TareError.self) {
            try fixture.runtime.run("missing", in: place, options: SupervisorOptions(), attaching: nil)
        }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("/bin/absent") ?? false)
        let record = try place.waitForExit(timeout: 5)
        #expect(record.stage == .runtime)
        #expect(fixture.finish() == [])
    }

    @Test("with a user namespace root inside is nobody outside", arguments: ["crun", "runc"])
    func identities(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        chmod(fixture.folder, 0o755)
        var configuration = fixture.configuration("id -u; head -1 /proc/self/uid_map; sleep 60")
        let map = [IdentityMaps.Range(containerID: 0, hostID: 200_000, size: 65_536)]
        configuration.namespaces.identities = IdentityMaps(users: map, groups: map)
        let place = try fixture.prepare("mapped", configuration)
        let pid = try fixture.runtime.run("mapped", in: place, options: SupervisorOptions(), attaching: nil)
        let status = try FileReading.text(at: "/proc/\(pid)/status")
        #expect(status.contains("Uid:\t200000\t200000\t200000\t200000"))
        for _ in 0..<500 where try ContainerLog(place).entries().count < 2 { usleep(5000) }
        let lines = try ContainerLog(place).entries().map(\.text)
        #expect(lines.first == "0\n")
        #expect(lines.last?.split(separator: " ").map { $0.filter { $0 != "\n" } } == ["0", "200000", "65536"])
        #expect(fixture.finish() == [])
    }

    @Test("the second container with a profile is filtered by the kept program as the first by the compiled one")
    func keptFilter() throws {
        let fixture = try ContainerFixture("crun")
        let script =
            "grep Seccomp: /proc/self/status; unshare -U true; mount -t tmpfs none /tmp; chroot / true && echo chroot"
        for applet in ["grep", "unshare", "chroot"] { symlink("busybox", "\(fixture.folder)/root/bin/\(applet)") }
        let compiled = try fixture.run(fixture.configuration(script))
        let again = try fixture.prepare("again", fixture.configuration(script))
        #expect(try FileReading.text(at: again.configuration).contains(SeccompPrograms.annotation))
        let kept = try fixture.run(fixture.configuration(script))
        #expect(compiled.output == "Seccomp:\t2\nchroot\n")
        #expect(kept.output == compiled.output)
        #expect(kept.errors == compiled.errors)
        #expect(kept.errors.contains("not permitted"))
        // A container with other capabilities has another filter, not that one.
        var other = fixture.configuration(script)
        other.capabilities = .only([])
        #expect(try !fixture.run(other).output.contains("chroot"))
        #expect(fixture.finish() == [])
    }

    @Test("eight containers that start at once all run, and none takes another's place", arguments: ["crun", "runc"])
    func crowd(_ name: String) async throws {
        let fixture = try ContainerFixture(name)
        let results = try await withThrowingTaskGroup(of: (Int, Int32, [String]).self) { group in
            for number in 0..<8 {
                group.addTask {
                    let id = "n\(number)"
                    let script = "echo \(number); exit \(number)"
                    let place = try fixture.prepare(id, fixture.configuration(script))
                    try fixture.runtime.run(id, in: place)
                    let code = try place.waitForExit(timeout: 60).code
                    try fixture.runtime.delete(id, force: false)
                    return (number, code, try ContainerLog(place).entries().map(\.text))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (number, code, texts) in results {
            #expect(code == Int32(number))
            #expect(texts == ["\(number)\n"])
        }
        #expect(results.count == 8)
        #expect(fixture.finish() == [])
    }

    @Test("an id that could be read as an option or a path is refused", arguments: ["crun", "runc"])
    func ids(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        for id in ["", "-f", "../x", "a/b", "a b", ".", "ä", String(repeating: "a", count: 129)] {
            let error = #expect(throws: TareError.self) { try fixture.runtime.state(id) }
            #expect(error?.code == .invalid)
        }
        #expect(fixture.finish() == [])
    }
}

/// A connection that two threads use: one writes, one reads.
private final class Client: Sendable {
    let connection: AttachConnection

    init(_ place: SupervisorFolder) throws(TareError) { connection = try AttachConnection(place) }

    func feed(_ bytes: [UInt8]) -> TestThread {
        TestThread {
            try? self.connection.send(bytes)
            try? self.connection.endInput()
        }
    }
}
