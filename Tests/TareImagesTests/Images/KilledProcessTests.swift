import Glibc
import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareImages

@Suite("Killed processes", .enabled(if: TestGate.isRoot, "needs root: owners, device nodes, mounts"))
struct KilledProcessTests {
    private static let folder = Environment.nonEmpty("TARE_TEST_IMAGES_VICTIM")

    /// Runs in a process of its own, which the other test kills: it loads, unpacks, commits and collects without end.
    @Test("works until it is killed", .enabled(if: folder != nil, "runs only in a child of the other test"))
    func victim() throws {
        let path = try #require(Self.folder)
        let library = try ImageLibrary(root: path + "/images")
        for round in 0..<1_000_000 {
            let lease = try library.content.lease("victim")
            try library.load(path + "/layout")
            let image = try library.image("example.org/two:1")
            let key = try library.unpack(image, lease: lease)
            let name = "work-\(getpid())-\(round)"
            try library.snapshots.prepare(name, parent: key)
            let (layer, _) = try library.commitLayer(name, options: LayerOptions(fixedTime: Int64(round)), lease: lease)
            var config = image.config
            config.rootfs.diffIDs.append(layer.diffID)
            try library.writeImage(
                config, layers: image.manifest.layers + [layer.descriptor], name: "example.org/top:\(round % 3)",
                lease: lease)
            try library.names.remove("example.org/two:1")
            withExtendedLifetime(lease) {}
            try library.collect()
        }
    }

    @Test("kill -9 at random moments loses nothing that was committed and leaves nothing half made")
    func survive() throws {
        let scratch = try Scratch()
        try ImageLoadTests.layout(scratch)
        var random = Seeded(seed: 3)
        var committed = 0
        for round in 0..<8 {
            let child = try spawn(scratch.path)
            usleep(UInt32.random(in: 400_000...1_200_000, using: &random))
            kill(child, SIGKILL)
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0 && errno == EINTR {}
            #expect(status == SIGKILL, "round \(round): the child ended by itself")
            let library = try ImageLibrary(root: scratch.path + "/images")
            for record in try library.names.list() {
                let image = try library.image(record.name)
                for layer in image.manifest.layers {
                    #expect(try library.content.bytes(layer.digest).count == layer.size)
                }
                try library.unpack(image)
                committed += 1
            }
            try library.collect()
            let kept = Set(try library.names.list().flatMap { try library.image($0.name).chain.map(\.description) })
            for snapshot in try library.snapshots.list() {
                if snapshot.kind == .committed {
                    #expect(kept.contains(snapshot.key))
                } else {
                    try library.snapshots.remove(snapshot.key)
                }
            }
            // What was cut off could be resumed; nobody will.
            try library.collect(ingestAge: -1)
            for folder in ["ingest", "leases", "snapshots/overlay/new", "snapshots/overlay/active"] {
                #expect(try StoreFolder.entries(library.root + "/" + folder).isEmpty, "round \(round): \(folder)")
            }
        }
        #expect(committed > 0)
    }

    private func spawn(_ folder: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in [1, 2] {
            posix_spawn_file_actions_addopen(
                &actions, descriptor, folder + "/.child", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        let texts = ["tests", "--testing-library", "swift-testing", "--filter", "KilledProcessTests/victim"]
        let settings = ["TARE_TEST_IMAGES_VICTIM=\(folder)", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
        var words = texts.map { strdup($0) } + [nil]
        var variables = settings.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var child: pid_t = 0
        try #require(posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, &variables) == 0)
        return child
    }
}
