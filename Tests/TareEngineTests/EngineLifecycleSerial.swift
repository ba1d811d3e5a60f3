import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareEngine

@Suite(
    "A container's life, for real",
    .enabled(if: EngineFixture.canRun, "needs root, crun and busybox-static"),
    .serialized
)
struct EngineLifecycleSerial {
    @Test("a container runs its image's command, or the user's, and its end is known")
    func runs() throws {
        let fixture = try EngineFixture()
        var options = ContainerOptions()
        options.network = "none"
        let plain = try fixture.engine.create(image: "box:1", arguments: [], options: options)
        #expect(try fixture.engine.summary(plain).status == .created)
        try fixture.engine.start(plain)
        #expect(try fixture.engine.wait(plain, timeout: 20) == 0)
        #expect(try fixture.output(plain) == "hello from the image\n")
        let failing = try fixture.run("echo out; echo err >&2; exit 7")
        #expect(try fixture.engine.wait(failing, timeout: 20) == 7)
        #expect(try fixture.output(failing).contains("out\n"))
        let summary = try fixture.engine.summary(failing)
        #expect(summary.status == .exited && summary.exitCode == 7)
    }

    @Test("environment, folder, user, groups, host name and machine come as asked")
    func settings() throws {
        let fixture = try EngineFixture()
        let id = try fixture.run("env; pwd; id; hostname; cat /etc/hostname") { options in
            options.environment = ["MINE=1", "FROM_IMAGE=no"]
            options.workingFolder = "/srv"
            options.user = "web"
            options.hostName = "scale"
        }
        #expect(try fixture.engine.wait(id, timeout: 20) == 0)
        let text = try fixture.output(id)
        for line in ["MINE=1", "FROM_IMAGE=no", "PATH=/bin", "HOME=/srv", "/srv", "scale"] {
            #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)")
        }
        #expect(text.contains("uid=33(web) gid=34(web)") && text.contains("50(extra)"))
    }

    @Test("what one container writes no other sees, and it is there after a restart")
    func writableLayer() throws {
        let fixture = try EngineFixture()
        let first = try fixture.run(
            "echo mine > /srv/note; cat /srv/note; cat /srv/count 2>/dev/null; echo again >> /srv/count")
        let second = try fixture.run("ls /srv")
        for id in [first, second] { #expect(try fixture.engine.wait(id, timeout: 20) == 0) }
        #expect(try fixture.output(second) == "greeting\n")
        try fixture.engine.start(first)
        #expect(try fixture.engine.wait(first, timeout: 20) == 0)
        // The log goes on over a restart: the first run wrote one line.
        #expect(try fixture.output(first) == "mine\nmine\nagain\n")
    }

    @Test("stop asks first and ends later; a paused one is stopped too; kill ends at once")
    func stops() throws {
        let fixture = try EngineFixture()
        let polite = try fixture.run("trap 'echo bye; exit 3' TERM; while true; do sleep 0.1; done")
        usleep(300_000)
        try fixture.engine.stop(polite, timeout: 10)
        #expect(try fixture.engine.summary(polite).exitCode == 3)
        #expect(try fixture.output(polite) == "bye\n")
        let deaf = try fixture.run("trap '' TERM; while true; do sleep 0.1; done")
        try fixture.engine.pause(deaf)
        #expect(try fixture.engine.summary(deaf).status == .paused)
        try fixture.engine.stop(deaf, timeout: 0.3)
        #expect(try fixture.engine.summary(deaf).exitCode == 137)
        let killed = try fixture.run("sleep 100")
        try fixture.engine.kill(killed)
        #expect(try fixture.engine.summary(killed).exitCode == 137)
    }

    @Test("names are unique, are found, and are free again after rm; a running one is removed by force only")
    func names() throws {
        let fixture = try EngineFixture()
        let id = try fixture.run("sleep 100") { $0.name = "web" }
        #expect(try fixture.engine.find("web") == id)
        #expect(try fixture.engine.find(id.short) == id)
        let taken = #expect(throws: TareError.self) { try fixture.run("true") { $0.name = "web" } }
        #expect(taken?.code == .exists)
        let runs = #expect(throws: TareError.self) { try fixture.engine.remove(id) }
        #expect(runs?.code == .invalid)
        try fixture.engine.rename(id, to: "front")
        #expect(throws: TareError.self) { try fixture.engine.find("web") }
        try fixture.engine.remove(id, force: true)
        #expect(throws: TareError.self) { try fixture.engine.find("front") }
        _ = try fixture.run("true") { $0.name = "front" }
    }

    @Test("a program that is not there is 127, and everything of the start is undone")
    func missingProgram() throws {
        let fixture = try EngineFixture()
        var options = ContainerOptions()
        options.network = "none"
        let id = try fixture.engine.create(image: "box:1", arguments: ["/bin/nothing"], options: options)
        let error = #expect(throws: TareError.self) { try fixture.engine.start(id) }
        #expect(error.map(Engine.exitCode(of:)) == 127)
        let mounts = MountTable.current().entries.filter { $0.folder.hasPrefix(fixture.folder + "/state/containers") }
        #expect(mounts.isEmpty)
        #expect(try fixture.engine.summary(id).status == .created)
    }

    @Test("exec runs beside the first process, with its own exit code")
    func execs() throws {
        let fixture = try EngineFixture()
        let id = try fixture.run("touch /srv/here; sleep 100")
        usleep(300_000)
        let good = try fixture.engine.exec(in: id, ["ls", "/srv/here"])
        #expect(try good.waitForExit(timeout: 10).code == 0)
        let bad = try fixture.engine.exec(in: id, ["sh", "-c", "exit 9"])
        #expect(try bad.waitForExit(timeout: 10).code == 9)
        try fixture.engine.kill(id)
        let error = #expect(throws: TareError.self) { try fixture.engine.exec(in: id, ["true"]) }
        #expect(error?.code == .invalid)
    }

    @Test("volumes keep what is written, begin with the image's content, and anonymous ones go with their container")
    func volumes() throws {
        let fixture = try EngineFixture()
        let first = try fixture.run("cat /srv/greeting; echo kept > /srv/kept") { options in
            options.mounts = [VolumeMount(source: .volume(name: "data"), destination: "/srv")]
        }
        #expect(try fixture.engine.wait(first, timeout: 20) == 0)
        #expect(try fixture.output(first) == "hello from the image\n")
        let second = try fixture.run("cat /data/kept; touch /data/no") { options in
            options.mounts = [VolumeMount(source: .volume(name: "data"), destination: "/data", isReadOnly: true)]
        }
        #expect(try fixture.engine.wait(second, timeout: 20) != 0)
        #expect(try fixture.output(second).contains("kept\n"))
        let third = try fixture.run("true") { options in
            options.mounts = [VolumeMount(source: .volume(name: ""), destination: "/anon")]
        }
        _ = try fixture.engine.wait(third, timeout: 20)
        #expect(try fixture.engine.volumes.list().count == 2)
        try fixture.engine.remove(third, removesVolumes: true)
        #expect(try fixture.engine.volumes.list().map(\.name) == ["data"])
    }

    @Test("memory beyond its limit ends it, and that is told")
    func outOfMemory() throws {
        let fixture = try EngineFixture()
        let id = try fixture.run("dd if=/dev/zero of=/dev/shm/full bs=1M count=60") { options in
            options.limits.memory = .mebibytes(16)
        }
        #expect(try fixture.engine.wait(id, timeout: 30) != 0)
        #expect(try fixture.engine.inspect(id).state.wasOutOfMemory)
    }

    @Test("nothing is left of containers that were removed")
    func leaks() throws {
        let fixture = try EngineFixture()
        let before = LeakCheck.now(of: fixture.folder)
        var ids: [ContainerID] = []
        for index in 0..<5 { ids.append(try fixture.run(index % 2 == 0 ? "sleep 100" : "true")) }
        for id in ids { try fixture.engine.remove(id, force: true) }
        #expect(LeakCheck.left(since: before, of: fixture.folder) == [])
        #expect(try fixture.engine.list().isEmpty)
        #expect(try FolderNames.list(fixture.folder + "/state/containers/by-name").isEmpty)
    }
}
