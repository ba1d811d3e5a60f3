import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareRuntime

/// What a supervisor holds through the deaths of others, and what is known when it dies itself.
@Suite(.serialized, .enabled(if: ContainerFixture.obstacle == nil, "\(ContainerFixture.obstacle ?? "")"))
struct SupervisorTestsSerial {
    @Test("a starter that is killed at any moment leaves a container that can be adopted, or none")
    func starterDies() throws {
        let fixture = try ContainerFixture("crun")
        var adopted = 0
        for turn in 0..<24 {
            let id = "s\(turn)"
            let place = try fixture.prepare(id, fixture.configuration("echo here; sleep 1000"))
            // The starter is a process of its own that is killed after 0 to 69 ms.
            let shim = try ShimProgram.find()
            let crun = try #require(ToolSearch.find("crun"))
            try FolderMaking.make("\(fixture.folder)/runtime/crun")
            let hides = CrunRuntime.unbearable(.current()).flatMap { ["--hide", $0] }
            let words =
                [shim, "supervise", "--folder", place.path] + hides + [
                    "--mark", "started", "--", crun, "--root", "\(fixture.folder)/runtime/crun", "--log",
                    place.runtimeLog,
                    "run", "--detach", "--bundle", place.path, "--pid-file", place.pidFile, id,
                ]
            let script = words.map { "'\($0)'" }.joined(separator: " ") + " 3>'\(place.path)/report'; sleep 1000"
            let null = try OwnedFileDescriptor(opening: "/dev/null", O_RDWR)
            let starter = try ChildProcess.start("/bin/sh", ["-c", script], streams: [null.raw, null.raw, null.raw])
            usleep(UInt32(turn * 3000))
            kill(starter, SIGKILL)
            #expect(ChildProcess.wait(starter) == 128 + SIGKILL)
            // Whatever was under way comes to its end by itself.
            var status = try place.status()
            for _ in 0..<200 where place.pid == nil && status != .fresh {
                usleep(10_000)
                status = try place.status()
            }
            switch status {
            case .fresh: #expect(throws: TareError.self) { try fixture.runtime.state(id) }
            case .supervised:
                for _ in 0..<200 where !place.marks().contains(where: { $0.name == .started }) { usleep(10_000) }
                #expect(try fixture.runtime.state(id).status == .running)
                try fixture.runtime.kill(id, signal: SIGKILL, all: false)
                #expect(try place.waitForExit(timeout: 10).signal == SIGKILL)
                #expect(try ContainerLog(place).entries().map(\.text) == ["here\n"])
                adopted += 1
            case .ended, .lost: Issue.record("turn \(turn): \(status)")
            }
            try fixture.runtime.delete(id, force: true)
        }
        #expect(adopted > 12)
        #expect(fixture.finish() == [])
    }

    @Test("a killed supervisor is seen, and its container can be removed")
    func supervisorDies() throws {
        let fixture = try ContainerFixture("crun")
        let place = try fixture.prepare("orphan", fixture.configuration("sleep 1000"))
        _ = try fixture.runtime.run("orphan", in: place, options: SupervisorOptions(), attaching: nil)
        guard case .supervised(let supervisor) = try place.status() else {
            Issue.record("not supervised")
            return
        }
        kill(supervisor, SIGTERM)
        kill(supervisor, SIGHUP)
        usleep(50_000)
        #expect(try place.status() == .supervised(supervisor: supervisor), "only SIGKILL ends a supervisor")
        kill(supervisor, SIGKILL)
        let error = #expect(throws: TareError.self) { try place.waitForExit(timeout: 5) }
        #expect(error?.code == .unavailable)
        #expect(try place.status() == .lost)
        #expect(try fixture.runtime.state("orphan").status == .running)
        try fixture.runtime.delete("orphan", force: true)
        #expect(fixture.finish() == [])
    }

    @Test(
        "a supervisor that is killed at any moment of a start leaves nothing that cannot be cleaned",
        arguments: ["crun", "runc"])
    func dyingStart(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        var lost = 0
        for turn in 0..<10 {
            let id = "d\(turn)"
            let place = try fixture.prepare(id, fixture.configuration("sleep 1000"))
            let runtime = fixture.runtime
            let start = TestThread { _ = try? runtime.run(id, in: place) }
            // The lock names the supervisor; it is killed 0 to 72 ms after it has it.
            var supervisor: Int32 = 0
            for _ in 0..<2000 where supervisor == 0 {
                supervisor = FileReading.valueIfPresent(at: "\(place.path)/lock").flatMap { Int32($0) } ?? 0
                usleep(500)
            }
            usleep(UInt32(turn * 8000))
            if supervisor > 1 { kill(supervisor, SIGKILL) }
            start.join()
            try #require(supervisor > 1)
            for _ in 0..<500 {
                guard case .supervised = try place.status() else { break }
                usleep(2000)
            }
            if try place.status() == .lost { lost += 1 }
            try runtime.clean(id, cgroup: "/\(fixture.word)/\(id)")
            try runtime.clean(id, cgroup: "/\(fixture.word)/\(id)")
        }
        #expect(lost > 5)
        #expect(fixture.finish() == [])
    }

    @Test("a second supervisor of one folder is refused while the first lives")
    func locks() throws {
        let fixture = try ContainerFixture("crun")
        let place = try fixture.prepare("one", fixture.configuration("sleep 1000"))
        _ = try fixture.runtime.run("one", in: place, options: SupervisorOptions(), attaching: nil)
        let error = #expect(throws: TareError.self) {
            try fixture.runtime.run("two", in: place, options: SupervisorOptions(), attaching: nil)
        }
        #expect(error?.errno == EWOULDBLOCK)
        #expect(fixture.finish() == [])
    }

    @Test("the log is rotated by size, loses only its oldest part, and is always valid JSON and UTF-8")
    func rotates() throws {
        let fixture = try ContainerFixture("crun")
        symlink("busybox", "\(fixture.folder)/root/bin/seq")
        let script =
            "seq 1 3000; printf 'a\\377b\\303\\251 \\342\\202\\254 \"\\\\ \\001\\n'; head -c 40000 /dev/zero | busybox tr '\\0' x"
        let place = try fixture.prepare("log", fixture.configuration(script))
        var options = SupervisorOptions()
        options.logSize = .kibibytes(64)
        options.logFiles = 3
        _ = try fixture.runtime.run("log", in: place, options: options, attaching: nil)
        _ = try place.waitForExit(timeout: 20)
        let log = ContainerLog(place)
        #expect(log.files().count == 3)
        for file in log.files() { #expect(try FileReading.bytes(at: file).count <= 65_536) }
        let texts = try log.entries().map(\.text)
        let numbers = texts.compactMap { Int($0.dropLast()) }
        #expect(numbers.last == 3000)
        #expect(numbers == Array((numbers.first ?? 0)...3000))
        #expect(texts.contains("a\u{fffd}bé € \"\\ \u{1}\n"))
        #expect(texts.suffix(3).joined() == String(repeating: "x", count: 40_000))
        #expect(fixture.finish() == [])
    }

    @Test("a supervisor's private memory is at most 0.3 MiB")
    func weighs() throws {
        let fixture = try ContainerFixture("crun")
        for id in ["a", "b"] {
            let place = try fixture.prepare(id, fixture.configuration("echo up; sleep 1000"))
            _ = try fixture.runtime.run(id, in: place, options: SupervisorOptions(), attaching: nil)
            for _ in 0..<1000 where try ContainerLog(place).entries().isEmpty { usleep(2000) }
            guard case .supervised(let supervisor) = try place.status() else {
                Issue.record("not supervised")
                return
            }
            let text = try FileReading.text(at: "/proc/\(supervisor)/smaps_rollup")
            let kibibytes = text.split(separator: "\n").filter { $0.hasPrefix("Private_") }
                .compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }.reduce(0, +)
            #expect(kibibytes > 0)
            #expect(kibibytes <= 307, "\(text)")
        }
        #expect(fixture.finish() == [])
    }

    @Test("the exit command runs when all is written, whatever the end")
    func exitCommand() throws {
        let fixture = try ContainerFixture("crun")
        let place = try fixture.prepare("end", fixture.configuration("exit 3"))
        var options = SupervisorOptions()
        options.exitCommand = ["/bin/sh", "-c", "cp exit copied.tmp; mv copied.tmp copied"]
        _ = try fixture.runtime.run("end", in: place, options: options, attaching: nil)
        _ = try place.waitForExit(timeout: 10)
        for _ in 0..<500 where !FileReading.exists("\(place.path)/copied") { usleep(10_000) }
        #expect(try FileReading.text(at: "\(place.path)/copied").contains("\"code\":3"))
        #expect(fixture.finish() == [])
    }
}
