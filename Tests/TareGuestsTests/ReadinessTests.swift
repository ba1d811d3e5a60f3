import TareCatalog
import TareCore
import TareLinux
import Testing

@testable import TareGuests

/// Starts each workload in its built root, in namespaces of its own (network too), and asks it as a client would.
///
/// Takes roots that are in the user's cache already; builds none.
@Suite(.serialized) struct ReadinessTests {
    private static func cached(_ workload: Workload) -> BuiltRoot? {
        guard RootStore.availability() == nil, let folders = try? StateFolders.current() else { return nil }
        return try? RootStore(cache: folders.roots).cached(base: .container, workload: workload)
    }

    /// The workloads whose roots are there.
    static let ready = Workload.builtins.filter { cached($0) != nil }

    @Test(
        "a workload answers for real",
        .enabled(if: !ready.isEmpty, "needs root and built roots: TARE_TEST_ALL_ROOTS=1 builds them"),
        arguments: ready
    )
    func answers(workload: Workload) async throws {
        let root = try #require(Self.cached(workload))
        let (kind, wanted) =
            switch workload.readiness {
            case .http(let path): ("http", path)
            case .redisPing: ("redis", "")
            case .postgresSelect: ("postgres", "")
            case .output(let text): ("output", text)
            }
        let run = Command(
            program: "unshare",
            arguments: [
                "--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private", "bash", "-c",
                Self.script,
                "start",
            ] + workload.environment.map { "\($0)=\($1)" } + workload.command,
            environment: [
                "ROOT": root.path, "KIND": kind, "WANTED": wanted, "PORT": "\(workload.port ?? 0)", "PROBE": Self.probe,
            ]
        )
        let ending = try await run.run()
        #expect(ending.succeeded, "\(ending.output)")
    }

    /// An overlay in memory on the root, the devices that a container has, the loopback up; then service and client.
    private static let script = #"""
        set -eu
        mount -t tmpfs tmpfs /mnt
        mkdir /mnt/upper /mnt/work /mnt/root
        root=/mnt/root
        mount -t overlay tare -o "lowerdir=$ROOT,upperdir=/mnt/upper,workdir=/mnt/work" $root
        mount -t proc proc $root/proc
        mount -t tmpfs tmpfs $root/run
        mount -t tmpfs tmpfs $root/dev
        mknod -m 666 $root/dev/null c 1 3
        mknod -m 666 $root/dev/random c 1 8
        mknod -m 666 $root/dev/urandom c 1 9
        mkdir -m 1777 $root/dev/shm
        ln -s /proc/self/fd $root/dev/fd
        ln -s /proc/self/fd/2 $root/dev/stderr
        ip link set lo up
        chroot $root /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" >/mnt/log 2>&1 &
        if [ "$KIND" = output ]; then
            wait $!
            grep -qxF "$WANTED" /mnt/log
        else
            /usr/bin/python3 -c "$PROBE" "$KIND" "$PORT" "$WANTED" || { tail -5 /mnt/log; exit 1; }
        fi
        """#

    /// Asks until the answer is right, for at most a minute.
    private static let probe = #"""
        import socket, struct, sys, time
        kind, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
        def until(connection, mark):
            data = b""
            while mark not in data:
                part = connection.recv(4096)
                if not part:
                    raise OSError("closed after %r" % data)
                data += part
            return data
        def ask():
            connection = socket.create_connection(("127.0.0.1", port), 2)
            connection.settimeout(10)
            if kind == "http":
                connection.sendall(b"GET %s HTTP/1.0\r\nHost: tare\r\n\r\n" % path.encode())
                return until(connection, b"\r\n").split()[1] == b"200"
            if kind == "redis":
                connection.sendall(b"PING\r\n")
                return until(connection, b"\r\n") == b"+PONG\r\n"
            body = struct.pack("!I", 196608) + b"user\0postgres\0database\0postgres\0\0"
            connection.sendall(struct.pack("!I", len(body) + 4) + body)
            until(connection, b"Z\0\0\0\x05")
            query = b"SELECT 1\0"
            connection.sendall(b"Q" + struct.pack("!I", len(query) + 4) + query)
            return b"D\0\0\0\x0b\0\x01\0\0\0\x011" in until(connection, b"Z\0\0\0\x05")
        end = time.monotonic() + 60
        last = "no answer"
        while time.monotonic() < end:
            try:
                if ask():
                    sys.exit(0)
                last = "a wrong answer"
            except OSError as error:
                last = error
            time.sleep(0.1)
        print("never ready:", last)
        sys.exit(1)
        """#
}
