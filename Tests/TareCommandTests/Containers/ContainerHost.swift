import FoundationEssentials
import Glibc
import TareCore
import TareTestSupport
import Testing

/// The built `tare` with a state folder and a network namespace of its own, so that nothing of the host is touched.
final class ContainerHost {
    let tare: TareProgram
    private let environment: String

    /// Whether containers can be run here; the reason is in the suites' traits.
    static let canRun =
        TestGate.isRoot && access("/usr/bin/crun", X_OK) == 0 && access("/bin/busybox", X_OK) == 0
        && access("/usr/sbin/nft", X_OK) == 0

    /// Makes both, and loads `box:1`, an image of a static busybox that serves a page.
    init() throws {
        tare = try TareProgram()
        environment = "TARE_NETNS='\(tare.folder)/netns'"
        try tare.write("netns", "")
        try tare.write("box.sh", Self.box)
        let made = try tare.shell("unshare --net=netns true && nsenter --net=netns ip link set lo up && sh box.sh")
        try #require(made.code == 0, "\(made.messages)")
        try #require(try run("image load box.tar").output == "docker.io/library/box:1\n")
    }

    deinit {
        _ = try? run(
            "container ps --all --quiet --no-trunc >ids && xargs -r '\(TareProgram.path)' container rm -f <ids")
        _ = try? tare.shell(
            "for id in $(ls home/containers/by-id); do TARE_HOME=home \(environment) '\(TareProgram.path)' container rm -f $id; done"
        )
        _ = try? tare.shell("umount netns")
        tare.remove()
    }

    /// Runs `tare` with shell words.
    @discardableResult
    func run(_ words: String) throws -> TareProgram.Outcome { try tare.run(words, environment: environment) }

    /// Runs a shell line in which `$T` is the program, with everything set.
    func shell(_ line: String) throws -> TareProgram.Outcome {
        try tare.shell(
            "export TARE_HOME='\(tare.folder)/home' NO_COLOR=1 \(environment); T='\(TareProgram.path)'; \(line)")
    }

    /// What a published port of this test's namespace answers.
    func get(_ port: Int) throws -> String {
        try tare.shell("nsenter --net=netns busybox wget -q -T 5 -O - http://127.0.0.1:\(port)/").output
    }

    /// What containers could leave behind, as lines; none where nothing is left.
    func leftOvers() throws -> [Substring] {
        let looks = [
            "grep '\(tare.folder)/home/containers' /proc/self/mounts",
            "grep '\(tare.folder)/home/network' /proc/self/mounts",
            "nsenter --net=netns ip -br link | grep -v '^lo'", "nsenter --net=netns nft list ruleset",
            "ls home/containers/by-id", "ls home/containers/by-name", "ls home/images/leases",
            "ls home/images/snapshots/overlay/active",
            "ps -eo comm,args | grep '^tare-shim' | grep '\(tare.folder)/home'",
        ]
        return try tare.shell(looks.map { "{ \($0); } 2>/dev/null" }.joined(separator: "; ")).output.split(
            separator: "\n")
    }

    /// Waits up to ten seconds until a line prints something that contains a word.
    func wait(for word: String, in words: String) throws -> String {
        var last = ""
        for _ in 0..<100 {
            last = try run(words).output
            if last.contains(word) { return last }
            usleep(100_000)
        }
        return last
    }

    private static let box = """
        set -e
        mkdir -p r/bin r/etc r/tmp r/proc r/sys r/dev r/var/www
        cp /bin/busybox r/bin/
        for a in sh cat ls echo sleep id env pwd hostname wget httpd dd touch rm mkdir test true false grep ps tail; do
          ln -s busybox r/bin/$a
        done
        echo 'root:x:0:0::/root:/bin/sh' > r/etc/passwd
        echo 'root:x:0:' > r/etc/group
        echo hello from the image > r/var/www/index.html
        tar --owner 0 --group 0 --numeric-owner -C r -cf layer.tar .
        sum=$(sha256sum layer.tar | cut -d' ' -f1)
        cat > config.json <<END
        { "architecture": "$(case $(uname -m) in x86_64) echo amd64;; aarch64) echo arm64;; *) uname -m;; esac)", "os": "linux",
          "config": { "Cmd": ["httpd", "-f", "-p", "80", "-h", "/var/www"], "Env": ["PATH=/bin"],
            "ExposedPorts": { "80/tcp": {} } },
          "rootfs": { "type": "layers", "diff_ids": ["sha256:$sum"] },
          "history": [{ "created_by": "COPY busybox /" }, { "created_by": "CMD httpd", "empty_layer": true }] }
        END
        echo '[{ "Config": "config.json", "RepoTags": ["box:1"], "Layers": ["layer.tar"] }]' > manifest.json
        tar -cf box.tar manifest.json config.json layer.tar
        """
}
