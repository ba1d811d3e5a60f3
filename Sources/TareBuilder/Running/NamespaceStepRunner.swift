import Subprocess
import TareCore
import TareDockerfile
import TareLinux

/// Runs commands with the host's own `unshare`, `mount` and `setpriv`: no engine is needed to build.
///
/// A command gets mount, process, host name and IPC namespaces of its own, `/proc`, a small `/dev`, and the capabilities
/// that a container has by default. Everything ends with the process namespace; that ends when the command does, when the
/// task is cancelled, and when this process dies.
public struct NamespaceStepRunner: StepRunner {
    /// Docker's default set; what the host lacks is left out by the kernel.
    private static let capabilities = [
        "chown", "dac_override", "fsetid", "fowner", "mknod", "net_raw", "setgid", "setuid", "setfcap", "setpcap",
        "net_bind_service", "sys_chroot", "kill", "audit_write",
    ]

    /// Takes no settings.
    public init() {}

    /// Runs a command as `StepRunner` says; needs root.
    public func run(
        _ command: StepCommand, onLine: @escaping @Sendable (String) -> Void
    ) async throws(TareError) -> Int32 {
        var outer = ["--mount", "--pid", "--fork", "--ipc", "--uts", "--kill-child", "--propagation", "private"]
        if command.network == .none { outer.append("--net") }
        let inner = ["/usr/bin/env", "-i"] + command.environment + privileges() + enter(command) + command.words
        let arguments = outer + ["--", "/bin/sh", "-c", Self.script(command), "step"] + inner
        do {
            let result = try await Subprocess.run(
                .path("/usr/bin/unshare"),
                arguments: Arguments(arguments),
                environment: .custom(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]),
                input: .inputWriter,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                for try await line in execution.standardOutput.strings() {
                    onLine(line.withoutLineEnd)
                }
            }
            if Task.isCancelled { throw Self.cancelled }
            switch result.terminationStatus {
            case .exited(let code): return Int32(code)
            case .signaled(let signal): return 128 + Int32(signal)
            }
        } catch let error as TareError {
            throw error
        } catch is CancellationError {
            throw Self.cancelled
        } catch {
            throw TareError(
                .unavailable, subject: "unshare", "cannot run the step: \(error)",
                hint: "it needs util-linux and root; run it as root")
        }
    }

    private static let cancelled = TareError(.cancelled, subject: "build", "stopped before the step had finished")

    private func privileges() -> [String] {
        ["/usr/bin/setpriv", "--bounding-set=-all," + Self.capabilities.map { "+" + $0 }.joined(separator: ",")]
    }

    private func enter(_ command: StepCommand) -> [String] {
        var words = ["/usr/bin/unshare", "--root=\(command.root)", "--wd=\(command.workingDirectory)"]
        if command.user.uid != 0 || command.user.gid != 0 {
            words += ["--setgid=\(command.user.gid)", "--setuid=\(command.user.uid)"]
        }
        return words + ["--"]
    }

    /// Mounts, then runs its arguments.
    ///
    /// Standard input stays open as long as this process lives; when it ends, so do all
    /// processes of the namespace.
    static func script(_ command: StepCommand) -> String {
        let root = quoted(command.root)
        var lines = [
            "set -e; exec 7<&0 </dev/null; umask 022; R=\(root)",
            "hostname build",
            "mount -t proc -o nosuid,nodev,noexec proc $R/proc",
            "mount -t sysfs -o ro,nosuid,nodev,noexec sysfs $R/sys 2>/dev/null || true",
            "mount -t tmpfs -o mode=755,nosuid tmpfs $R/dev",
            "mkdir $R/dev/pts $R/dev/shm; mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs $R/dev/shm",
            "for node in 'null 3' 'zero 5' 'full 7' 'random 8' 'urandom 9'; do set_ $node; done",
            "mknod -m 666 $R/dev/tty c 5 0",
            "ln -s /proc/self/fd $R/dev/fd; ln -s fd/0 $R/dev/stdin; ln -s fd/1 $R/dev/stdout; ln -s fd/2 $R/dev/stderr",
        ]
        lines.insert("set_() { mknod -m 666 $R/dev/$1 c 1 $2; }", at: 1)
        for mount in command.mounts { lines += Self.lines(mount) }
        lines += [
            "(cat <&7 >/dev/null; kill -KILL -1) & watch=$!",
            "exec 7<&-; set +e",
            #""$@" & wait $!; code=$?; kill -KILL $watch 2>/dev/null; exit $code"#,
        ]
        return lines.joined(separator: "\n")
    }

    private static func lines(_ mount: StepMount) -> [String] {
        let target = quoted(mount.target)
        switch mount.content {
        case .bind(let source, let isReadOnly):
            let bind = "mount --bind \(quoted(source)) \(target)"
            return isReadOnly ? [bind, "mount -o remount,bind,ro \(target)"] : [bind]
        case .throwAway(let source, let scratch):
            let upper = quoted(scratch + "/upper")
            let work = quoted(scratch + "/work")
            return [
                "mkdir -p \(upper) \(work)",
                "mount -t overlay tare \(target) -o lowerdir=\(quoted(source)),upperdir=\(upper),workdir=\(work)",
            ]
        case .memory(let size):
            return ["mount -t tmpfs -o mode=1777\(size.map { ",size=\($0)" } ?? "") tmpfs \(target)"]
        }
    }

    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}

extension String {
    fileprivate var withoutLineEnd: String {
        var text = self[...]
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
