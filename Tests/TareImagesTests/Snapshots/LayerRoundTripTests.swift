import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareImages

@Suite("Changes as layers", .enabled(if: TestGate.isRoot, "needs root: owners, device nodes, mounts"))
struct LayerRoundTripTests {
    /// Changes a tree at random, the same way for the same seed.
    private static let mutator = """
        import os, random, shutil, sys
        root, seed, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        r = random.Random(seed)
        os.umask(0)
        def paths(kind=None):
            found = []
            for folder, folders, files in os.walk(root):
                for n in folders + files:
                    p = os.path.join(folder, n)
                    d = os.path.isdir(p) and not os.path.islink(p)
                    if kind is None or (kind == 'd') == d: found.append(p)
            return sorted(found)
        def fresh():
            parent = r.choice([root] + paths('d'))
            name = r.choice(['a', 'b', 'c', 'd', 'e', '.wx', 'sp ace', '\\u00e9', 'n' * r.choice([30, 120, 250])])
            return os.path.join(parent, name)
        for step in range(steps):
            op, p = r.randrange(13), fresh()
            there = os.path.lexists(p)
            if op == 0 and not there: os.mkdir(p, r.choice([0o755, 0o700, 0o1777, 0o2750]))
            elif op in (1, 2) and not (there and os.path.isdir(p) and not os.path.islink(p)):
                if os.path.islink(p) or (there and not os.path.isfile(p)): os.unlink(p)
                with open(p, 'wb') as f: f.write(r.randbytes(r.choice([0, 1, 511, 512, 5000, 70000])))
                os.chmod(p, r.choice([0o644, 0o4755, 0o600]))
            elif op == 3 and not there: os.symlink(r.choice(['a', '/abs', '../x', 'y' * 150]), p)
            elif op == 4 and not there: os.mkfifo(p, 0o640)
            elif op == 5 and not there: os.mknod(p, r.choice([0o020660, 0o060600]), os.makedev(r.randrange(1, 9), r.randrange(9)))
            elif op == 6 and not there and paths('f'):
                q = r.choice(paths('f'))
                os.link(q, p, follow_symlinks=False)
            elif op in (7, 8) and paths():
                q = r.choice(paths())
                if os.path.isdir(q) and not os.path.islink(q): shutil.rmtree(q)
                else: os.unlink(q)
            elif op == 9 and paths():
                q = r.choice(paths()); os.chown(q, r.choice([0, 7, 70000]), r.choice([0, 2000000]), follow_symlinks=False)
            elif op == 10 and paths():
                q = r.choice(paths()); t = r.choice([0, 1, -5_000_000_001, 1_600_000_000_123_456_789, 9_000_000_000_000_000_000])
                os.utime(q, ns=(t, t), follow_symlinks=False)
            elif op == 11 and [q for q in paths() if not os.path.islink(q)]:
                q = r.choice([q for q in paths() if not os.path.islink(q)])
                if os.path.isfile(q) or os.path.isdir(q): os.setxattr(q, 'user.' + r.choice('ab'), r.randbytes(r.choice([1, 40])))
            elif op == 12 and paths('d'):
                # A folder that is replaced: opaque in overlay.
                q = r.choice(paths('d')); shutil.rmtree(q); os.mkdir(q, 0o755); open(os.path.join(q, 'again'), 'w').close()
        """

    /// The first line is the root folder, whose time changes with every entry.
    private func tree(_ scratch: Scratch, _ root: String) throws -> [String] {
        try scratch.listing(root).filter { !$0.hasPrefix(".|") }
    }

    @Test(
        "a layer of the changes, applied to what was below, gives the changed tree",
        arguments: ImageLibrary.SnapshotKind.allCases)
    func roundTrip(_ kind: ImageLibrary.SnapshotKind) throws {
        let scratch = try Scratch()
        try AtomicFile.write(scratch.path + "/mutate.py", text: Self.mutator)
        let library = try scratch.library(kind)
        let lease = try library.content.lease("test")
        for seed in 1...3 {
            var parent: String?
            for level in 0..<3 {
                let key = "work-\(seed)-\(level)"
                try library.snapshots.prepare(key, parent: parent)
                let root = try scratch.mount(try library.snapshots.mount(key, isVolatile: true), key)
                try scratch.shell("python3 mutate.py \(root) \(seed * 100 + level) \(level == 0 ? 120 : 60)")
                let wanted = try tree(scratch, root)
                try scratch.unmount(root)
                let compression = Compression.allCases[level % 3]
                let options = LayerOptions(compression: compression)
                let layer = try library.writeLayer(of: key, options: options, lease: lease)
                #expect(try library.writeLayer(of: key, options: options, lease: lease) == layer)
                // Both kinds of snapshot take it in, and show the tree that it was made from.
                let name = try ChainID.next(layer.diffID, on: parent.flatMap { Digest($0) }).description
                let content = library.content
                let source = LayerSource(diffID: layer.diffID) { () throws(TareError) in
                    try content.open(layer.descriptor.digest)
                }
                _ = try library.snapshots.unpack(source, parent: parent, as: name) {}
                let again = try scratch.mount(try library.snapshots.mount(name), "again-" + key)
                #expect(try tree(scratch, again) == wanted, "seed \(seed), level \(level)")
                try scratch.unmount(again)
                parent = name
            }
        }
        withExtendedLifetime(lease) {}
    }

    @Test("other tools read the tar that is written")
    func otherTools() throws {
        let scratch = try Scratch()
        try AtomicFile.write(scratch.path + "/mutate.py", text: Self.mutator)
        let library = try scratch.library()
        let lease = try library.content.lease("test")
        try library.snapshots.prepare("x", parent: nil)
        let root = try scratch.mount(try library.snapshots.mount("x"))
        try scratch.shell("python3 mutate.py \(root) 4242 250")
        let layer = try library.writeLayer(of: "x", options: LayerOptions(compression: .zstd), lease: lease)
        let out = try scratch.folder("out")
        try scratch.shell(
            "zstd -dqc \(library.content.path(layer.descriptor.digest)) | tar --xattrs --xattrs-include='*' -xpf - -C \(out)"
        )
        #expect(try tree(scratch, out) == tree(scratch, root))
    }

    @Test("times are cut at the epoch that is asked for")
    func epoch() throws {
        let scratch = try Scratch()
        let library = try scratch.library()
        let lease = try library.content.lease("test")
        var layers: Set<Digest> = []
        for key in ["one", "two"] {
            try library.snapshots.prepare(key, parent: nil)
            let root = try scratch.mount(try library.snapshots.mount(key), key)
            try scratch.shell("sleep 0.02; mkdir \(root)/d; echo x > \(root)/d/f")
            layers.insert(
                try library.writeLayer(of: key, options: LayerOptions(latestTime: 1_000_000), lease: lease).diffID)
        }
        #expect(layers.count == 1)
    }

    @Test("changed paths say added, changed and deleted", arguments: ImageLibrary.SnapshotKind.allCases)
    func paths(_ kind: ImageLibrary.SnapshotKind) throws {
        let scratch = try Scratch()
        let library = try scratch.library(kind)
        let lease = try library.content.lease("test")
        try library.snapshots.prepare("base", parent: nil)
        let base = try scratch.mount(try library.snapshots.mount("base"), "base")
        try scratch.shell("mkdir \(base)/etc; echo 1 > \(base)/etc/a; echo 1 > \(base)/etc/b")
        try scratch.unmount(base)
        let (_, key) = try library.commitLayer("base", lease: lease)
        try library.snapshots.prepare("web", parent: key)
        let root = try scratch.mount(try library.snapshots.mount("web"), "web")
        try scratch.shell("echo 22 > \(root)/etc/a; rm \(root)/etc/b; echo 3 > \(root)/etc/c")
        #expect(
            try library.snapshots.changedPaths("web") == [
                PathChange(path: "/etc", kind: .changed), PathChange(path: "/etc/a", kind: .changed),
                PathChange(path: "/etc/b", kind: .deleted), PathChange(path: "/etc/c", kind: .added),
            ])
    }
}
