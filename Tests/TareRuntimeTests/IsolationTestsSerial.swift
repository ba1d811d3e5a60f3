import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareRuntime

/// What a container may not do, tried from inside by both runtimes.
@Suite(.serialized, .enabled(if: ContainerFixture.obstacle == nil, "\(ContainerFixture.obstacle ?? "")"))
struct IsolationTestsSerial {
    /// A command, and what it must say on standard output or error.
    struct Attempt: Sendable {
        var what: String
        var script: String
        var expected: String
    }

    static let attempts = [
        Attempt(
            what: "it sees its own processes only, and is number 1",
            script: "echo $$; ls /proc | grep -c '^[0-9]'",
            expected: "1\n"
        ),
        Attempt(
            what: "kernel settings cannot be written",
            script: "echo 1 > /proc/sys/kernel/panic",
            expected: "Read-only file system"
        ),
        Attempt(
            what: "/sys cannot be written", script: "echo 1 > /sys/kernel/profiling", expected: "Read-only file system"),
        Attempt(
            what: "sysrq cannot be written",
            script: "echo h > /proc/sysrq-trigger",
            expected: "Read-only file system|nonexistent"
        ),
        Attempt(what: "the host's memory shows nothing", script: "head -c 1 /proc/kcore | wc -c", expected: "0\n"),
        Attempt(what: "the host's keys show nothing", script: "cat /proc/keys | wc -c", expected: "0\n"),
        Attempt(what: "firmware shows nothing", script: "ls -A /sys/firmware | wc -l", expected: "0\n"),
        Attempt(
            what: "a disk of the host cannot be opened, whoever makes the node",
            script: "mknod /tmp/disk b 254 0; head -c 1 /tmp/disk",
            expected: "Operation not permitted"
        ),
        Attempt(
            what: "the host's memory device cannot be opened",
            script: "mknod /tmp/mem c 1 1; head -c 1 /tmp/mem",
            expected: "Operation not permitted"
        ),
        Attempt(
            what: "nothing can be mounted", script: "mount -t tmpfs none /tmp",
            expected: "ermission denied|not permitted"),
        Attempt(what: "nothing can be unmounted", script: "umount /proc/kcore", expected: "not permitted"),
        Attempt(
            what: "limits cannot be raised",
            script: "ulimit -Hn; ulimit -Hn 100000",
            expected: "64\n.*not permitted"
        ),
        Attempt(what: "its name is its own", script: "hostname", expected: "inside\n"),
        Attempt(what: "the name cannot be changed", script: "hostname other", expected: "not permitted"),
        Attempt(what: "no link but its own is there", script: "ls /sys/class/net", expected: "^lo\n$"),
        Attempt(
            what: "control groups cannot be written",
            script: "mkdir /sys/fs/cgroup/memory/x 2>&1 || mkdir /sys/fs/cgroup/x",
            expected: "Read-only file system|No such file"
        ),
        Attempt(what: "new namespaces cannot be made", script: "unshare -U true", expected: "not permitted"),
        Attempt(
            what: "the root cannot be left", script: "ls /../../../../proc/1/root/bin/busybox", expected: "busybox"),
        Attempt(what: "the clock cannot be set", script: "date -s 2000-01-01", expected: "not permitted"),
        Attempt(
            what: "more memory than its limit ends the process",
            script: "sh -c 'head -c 200m /dev/zero | tail -c 190m | wc -c' || true; echo alive",
            expected: "Killed.*alive|^alive|0\nalive"
        ),
    ]

    @Test("what a container may not do fails", arguments: ["crun", "runc"])
    func refused(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        for applet in ["grep", "wc", "unshare", "date", "tail", "mkdir"] {
            symlink("busybox", "\(fixture.folder)/root/bin/\(applet)")
        }
        // One container for all: each attempt is framed, so that a start is paid once.
        let script = Self.attempts.enumerated().map { "echo '<\($0)>'; (\($1.script)) 2>&1" }.joined(separator: "\n")
        var configuration = fixture.configuration(script)
        configuration.hostName = "inside"
        configuration.processLimits = [ProcessLimit(type: "RLIMIT_NOFILE", soft: 64, hard: 64)]
        configuration.limits.memory = .mebibytes(64)
        configuration.limits.memoryAndSwap = .mebibytes(64)
        let result = try fixture.run(configuration)
        #expect(result.output.hasPrefix("<0>"), "\(result.exit), errors: \(result.errors)")
        for (number, attempt) in Self.attempts.enumerated() {
            let after = result.output.components(after: "<\(number)>\n")
            let said = after.components(before: "<\(number + 1)>\n")
            let pattern = try Regex(attempt.expected).dotMatchesNewlines()
            #expect(said.contains(pattern), "\(attempt.what): \(said)")
        }
        #expect(fixture.finish() == [])
    }

    @Test("system calls that act on the whole host are refused by the filter", arguments: ["crun", "runc"])
    func filtered(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let probe = try CallProbe(in: "\(fixture.folder)/root/bin")
        var configuration = ContainerConfiguration(root: "\(fixture.folder)/root", arguments: ["/bin/probe"])
        // All that the host gives, so that only the filter can say no; it lets through what a capability allows.
        let refused = try fixture.run(configuration).output
        for call in probe.calls { #expect(refused.contains("\(call) 1\n"), "\(call): \(refused)") }
        // The second time by the program that was kept from the first.
        #expect(try fixture.run(configuration).output == refused)
        configuration.seccomp = .unconfined
        configuration.capabilities = .privileged
        let free = try fixture.run(configuration).output
        #expect(!free.contains("bpf 1\n"), "without a filter the kernel reads the arguments: \(free)")
        #expect(!free.contains("ptrace 1\n"), "\(free)")
        #expect(fixture.finish() == [])
    }

    @Test(
        "a container with a pid namespace ends with its first process, daemons included", arguments: ["crun", "runc"])
    func ends(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        symlink("busybox", "\(fixture.folder)/root/bin/setsid")
        let place = try fixture.prepare("ends", fixture.configuration("setsid sleep 1000 & sleep 1000; true"))
        _ = try fixture.runtime.run("ends", in: place, options: SupervisorOptions(), attaching: nil)
        let group = try Cgroups.current().group("/\(fixture.word)/ends")
        for _ in 0..<1000 where try group.processes().count < 3 { usleep(5000) }
        #expect(try group.processes().count == 3)
        try fixture.runtime.kill("ends", signal: SIGKILL, all: false)
        _ = try place.waitForExit(timeout: 10)
        #expect(try group.processes() == [])
        #expect(fixture.finish() == [])
    }
}

extension String {
    fileprivate func components(after mark: String) -> String {
        firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? ""
    }

    fileprivate func components(before mark: String) -> String {
        firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
