import Glibc
import Synchronization
import TareCatalog
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareGuests

/// Builds real roots: about a minute and 60 MB of packages, into a cache of its own that is removed.
@Suite(.serialized) struct RootStoreTests {
    private static var mayBuild: Bool {
        RootStore.availability() == nil && Environment.nonEmpty("TARE_TEST_OFFLINE") == nil
    }

    @Test("an empty cache has no root and making a store writes nothing")
    func empty() throws {
        let store = RootStore(cache: "/nonexistent/tare")
        #expect(try store.cached(base: .container, workload: nil) == nil)
    }

    @Test(
        "roots come out the same when built again or without overlay; a stopped build leaves nothing behind",
        .enabled(if: mayBuild, "needs root, mmdebstrap and the network")
    )
    func build() async throws {
        let cache = "/var/tmp/tare-roots-\(getpid())"
        // Through a mirror of its own, which loses a package once: then the indexes are fetched again.
        let mirror = try await LoopbackMirror(handsOn: "bookworm", losing: "/mawk_")
        let store = RootStore(cache: cache, mirror: mirror.address)
        let steps = Steps()
        let base = try await store.root(base: .container, workload: nil) { steps.note($0) }
        #expect(!base.fromCache && base.packages["libc6"] != nil && base.seconds > 0)
        #expect(try store.cached(base: .container, workload: nil)?.digest == base.digest)
        // As in an official image: Perl's core only, and none of this machine's settings.
        #expect(base.packages["perl"] == nil && base.packages["usr-is-merged"] != nil)
        #expect(try FolderListing.names(in: "\(base.path)/etc/apt/apt.conf.d") == ["01autoremove", "70debconf"])
        #expect(steps.all.first?.hasPrefix("debian-12-container: ") == true)
        let asked = try mirror.requests()
        #expect(asked.filter { $0.contains("/mawk_") }.map { $0.prefix(3) } == ["404", "200"])
        // Each attempt fetches them for the store, and mmdebstrap does for itself.
        #expect(asked.filter { $0.hasSuffix("/bookworm/InRelease") }.count >= 3)
        #expect(!(try FileReading.text(at: "\(base.path)/etc/apt/sources.list")).contains("127.0.0.1"))
        #expect(try FolderListing.names(in: cache).filter { $0.hasPrefix("apt-") }.count == 1)

        let hello = try await store.root(base: .container, workload: .hello) { _ in }
        #expect(FileReading.exists("\(hello.path)/usr/local/bin/hello"))
        // The compiler was in a throw-away root.
        #expect(hello.packages == base.packages && !FileReading.exists("\(hello.path)/build"))

        let stopped = Task {
            try await store.root(base: .container, workload: .nginx) { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        await #expect(throws: TareError.self) { try await stopped.value }
        #expect(try store.cached(base: .container, workload: .nginx) == nil)

        let nginx = try await store.root(base: .container, workload: .nginx) { _ in }
        #expect(FileReading.exists("\(nginx.path)/usr/sbin/nginx") && nginx.packages["nginx"] != nil)
        #expect(!FileReading.exists("\(base.path)/usr/sbin/nginx"))
        #expect(try TreeDigest.digest(of: base.path) == base.digest)

        var copying = store
        copying.stacking = false
        try await RootStore.remove(PathText.folder(of: nginx.path))
        let again = try await copying.root(base: .container, workload: .nginx) { _ in }
        #expect(!again.fromCache && again.digest == nginx.digest)

        let disks = DiskBuilder(cache: cache)
        let disk = try await disks.disk(of: hello, base: .container, size: .gibibytes(1))
        let first = try SHA256.digest(ofFile: disk).digest
        try await RootStore.remove(disk)
        try await RootStore.remove(PathText.folder(of: hello.path))
        let rebuilt = try await store.root(base: .container, workload: .hello) { _ in }
        #expect(try await disks.disk(of: rebuilt, base: .container, size: .gibibytes(1)) == disk)
        #expect(try SHA256.digest(ofFile: disk).digest == first)
        let check = try await Command(program: "e2fsck", arguments: ["-f", "-n", disk]).run()
        #expect(check.succeeded, "\(check.output)")

        #expect(!(try FileReading.text(at: "/proc/mounts")).contains(cache))
        // The log is that of the build that the mirror let fail.
        #expect(
            try FolderListing.names(in: "\(cache)/work").allSatisfy { $0.hasSuffix(".lock") || $0 == "failed.log" })
        for process in try FolderListing.names(in: "/proc") where Int(process) != nil {
            let line = FileReading.valueIfPresent(at: "/proc/\(process)/cmdline") ?? ""
            #expect(!line.contains(cache), "process \(process) is left: \(line)")
        }
        try await RootStore.remove(cache)
    }

    /// `TARE_TEST_ALL_ROOTS=1` builds all, `TARE_TEST_ALL_ROOTS=minimal,flask,none` those bases and workloads.
    @Test(
        "the built-in roots are built into the user's cache",
        .enabled(if: Environment.nonEmpty("TARE_TEST_ALL_ROOTS") != nil, "asked for by TARE_TEST_ALL_ROOTS=1")
    )
    func all() async throws {
        let asked = (Environment.value("TARE_TEST_ALL_ROOTS") ?? "").split(separator: ",").map(String.init)
        let store = RootStore(cache: try StateFolders.current().roots)
        for base in BaseSystem.builtins where asked == ["1"] || asked.contains(where: { base.id.hasSuffix("-\($0)") }) {
            for workload in [nil] + Workload.builtins.map(Optional.some)
            where asked == ["1"] || asked.contains(workload?.id ?? "none") {
                let root = try await store.root(base: base, workload: workload) { _ in }
                #expect(FolderMaking.isFolder(root.path) && !root.packages.isEmpty)
                print(HostClock.wallText(), base.id, workload?.id ?? "-", root.seconds, root.fromCache, root.digest)
            }
        }
    }
}

/// The steps that a build told, in order; they come from whatever thread reads the build.
private final class Steps: Sendable {
    private let lines = Mutex<[String]>([])

    func note(_ progress: RootProgress) { lines.withLock { $0.append("\(progress.root): \(progress.step)") } }
    var all: [String] { lines.withLock { $0 } }
}
