import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareImages

@Suite("Hostile archives", .enabled(if: TestGate.isRoot, "needs root: device nodes, attributes"))
struct HostileArchiveTests {
    /// Members by Python's tarfile, which writes whatever it is told to.
    private static let prelude = """
        import io, sys, tarfile
        t = tarfile.open('bad.tar', 'w', format=tarfile.PAX_FORMAT)
        def add(name, kind=tarfile.REGTYPE, link='', data=b'bad', **more):
            i = tarfile.TarInfo(name); i.type = kind; i.linkname = link; i.mode = 0o755
            for k, v in more.items(): setattr(i, k, v)
            if kind == tarfile.REGTYPE: i.size = len(data)
            t.addfile(i, io.BytesIO(data) if kind == tarfile.REGTYPE else None)
        LINK, HARD, DIR, CHR = tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE

        """

    /// Each tries to write `victim/owned`, beside the root, or to read `victim/secret` through it.
    static let attacks: [String] = [
        "add('../victim/owned')",
        "add('a/../../victim/owned')",
        "add('/../victim/owned')",
        "add('W/victim/owned')",
        "add('l', LINK, 'W/victim'); add('l/owned')",
        "add('l', LINK, '../victim'); add('l/owned')",
        "add('l', LINK, '../../../../../../../../W/victim'); add('l/owned')",
        "add('m', LINK, '..'); add('l', LINK, 'm/victim'); add('l/owned')",
        "add('d', DIR); add('d/l', LINK, '../../victim'); add('d/l/owned')",
        "add('d', DIR); add('d/x'); add('d', LINK, '../victim'); add('d/owned')",
        "add('f', LINK, '../victim/owned'); add('f')",
        "add('f', LINK, 'W/victim/owned'); add('f')",
        "add('h', HARD, '../victim/secret'); add('h')",
        "add('h', HARD, 'W/victim/secret'); add('h')",
        "add('l', LINK, '../victim'); add('h', HARD, 'l/secret'); add('h')",
        "add('l', LINK, '../victim/secret'); add('h', HARD, 'l'); add('h')",
        "add('l', LINK, 'W/victim'); add('l', DIR); add('l/owned')",
        "add('l', LINK, '../victim'); add('l/.wh.secret')",
        "add('l', LINK, '../victim'); add('l/.wh..wh..opq')",
        "add('.wh...'); add('.wh..')",
        "add('x', CHR, devmajor=0, devminor=0)",
        "add('d', DIR, pax_headers={'SCHILY.xattr.trusted.overlay.redirect': '/victim', 'SCHILY.xattr.trusted.overlay.opaque': 'y'})",
        "add('d', DIR); add('d', HARD, 'd'); add('h', HARD, 'd')",
        "add('l', LINK, 'l'); add('l/owned')",
        "add('proc', LINK, '/proc/self/root/W/victim'); add('proc/owned')",
    ]

    @Test(
        "nothing outside the root is written, read or removed",
        arguments: [WhiteoutStyle.overlay, .remove, .literal])
    func confined(_ style: WhiteoutStyle) throws {
        let scratch = try Scratch()
        let victim = try scratch.folder("victim")
        try AtomicFile.write(victim + "/secret", text: "secret")
        var script = Self.prelude.replacing("t = tarfile.open('bad.tar', 'w', format=tarfile.PAX_FORMAT)", with: "")
        for (number, attack) in Self.attacks.enumerated() {
            script += "t = tarfile.open('\(number).tar', 'w', format=tarfile.PAX_FORMAT)\n"
            script += attack.replacing("W/", with: scratch.path.dropFirst() + "/") + "\nt.close()\n"
        }
        try AtomicFile.write(scratch.path + "/make.py", text: script)
        try scratch.shell("python3 make.py")
        for (number, attack) in Self.attacks.enumerated() {
            let root = try scratch.folder("root")
            do throws(TareError) {
                _ = try LayerUnpack.apply(FileInput(scratch.path + "/\(number).tar"), to: root, style: style)
            } catch {
                #expect(error.code == .corrupt, "\(attack): \(error)")
            }
            var facts = stat()
            #expect(lstat(victim + "/secret", &facts) == 0 && facts.st_nlink == 1, "\(attack)")
            #expect(FileReading.valueIfPresent(at: victim + "/secret") == "secret", "\(attack)")
            #expect(try StoreFolder.entries(victim) == ["secret"], "\(attack)")
            if FileReading.exists(root + "/d") {
                let folder = try OwnedFileDescriptor(opening: root + "/d", O_RDONLY)
                #expect(try FileAttributes.list(folder.raw, subject: "d").isEmpty, "\(attack)")
            }
            try TreeRemoval.remove(root)
        }
    }

    @Test("device nodes are refused or left out where the policy says so")
    func devices() throws {
        let scratch = try Scratch()
        try AtomicFile.write(
            scratch.path + "/make.py", text: Self.prelude + "add('null', CHR, devmajor=1, devminor=3)\nt.close()\n")
        try scratch.shell("python3 make.py")
        let path = scratch.path + "/bad.tar"
        #expect(throws: TareError.self) {
            _ = try LayerUnpack.apply(
                FileInput(path), to: try scratch.folder("a"), style: .literal, policy: LayerPolicy(devices: .refuse))
        }
        let report = try LayerUnpack.apply(
            FileInput(path), to: try scratch.folder("b"), style: .literal, policy: LayerPolicy(devices: .skip))
        #expect(report.skippedDevices == 1)
    }

    @Test("a wrong diff id leaves no snapshot", arguments: ImageLibrary.SnapshotKind.allCases)
    func wrongDigest(_ kind: ImageLibrary.SnapshotKind) throws {
        let scratch = try Scratch()
        try AtomicFile.write(scratch.path + "/make.py", text: Self.prelude + "add('x')\nt.close()\n")
        try scratch.shell("python3 make.py")
        let library = try scratch.library(kind)
        let path = scratch.path + "/bad.tar"
        let source = LayerSource(diffID: try SHA256.digest(of: "other")) { () throws(TareError) in try FileInput(path) }
        #expect { _ = try library.snapshots.unpack(source, parent: nil, as: "k") {} } throws: {
            ($0 as? TareError)?.code == .corrupt
        }
        #expect(try library.snapshots.list().isEmpty)
        #expect(try scratch.shell("find $W/images/snapshots -type f") == "")
    }

    @Test("damaged bytes anywhere are an error, never a crash")
    func damage() throws {
        let scratch = try Scratch()
        try AtomicFile.write(
            scratch.path + "/make.py",
            text: Self.prelude
                + "add('a' * 150, pax_headers={'SCHILY.xattr.user.x': 'y'})\nadd('l', LINK, 'b' * 120)\nadd('d', DIR)\n"
                + "add('big', data=b'z' * 3000)\nt.close()\n")
        try scratch.shell(
            "python3 make.py; gzip -k bad.tar; zstd -q bad.tar; truncate -s 1M sparse; echo x >> sparse; "
                + "for f in gnu pax; do tar -S --format=$f -cf sparse-$f.tar sparse; done")
        var seeded = Seeded(seed: 7)
        var refused = 0
        for name in ["bad.tar", "bad.tar.gz", "bad.tar.zst", "sparse-gnu.tar", "sparse-pax.tar"] {
            let good = try FileReading.bytes(at: scratch.path + "/" + name)
            for round in 0..<40 {
                var bytes = good
                if round % 3 == 0 {
                    bytes.removeLast(Int.random(in: 1..<bytes.count, using: &seeded))
                } else {
                    for _ in 0...(round % 4) {
                        bytes[Int.random(in: 0..<min(bytes.count, 3072), using: &seeded)] = UInt8.random(
                            in: 0 ... .max, using: &seeded)
                    }
                }
                let root = try scratch.folder("root")
                do throws(TareError) {
                    _ = try LayerUnpack.apply(BytesInput(bytes), to: root, style: .overlay)
                } catch { refused += 1 }
                try TreeRemoval.remove(root)
            }
        }
        #expect(refused > 60)
    }

    @Test(
        "sparse files keep their holes in all four forms",
        arguments: [
            "--format=gnu", "--format=pax --sparse-version=0.0", "--format=pax --sparse-version=0.1",
            "--format=pax --sparse-version=1.0",
        ])
    func sparse(_ form: String) throws {
        let scratch = try Scratch(on: "/dev/shm")
        let root = try scratch.folder("root")
        try scratch.shell(
            """
            mkdir in; for i in 1 2 3 4 5 6 7 8; do printf x | dd of=in/sparse bs=1 seek=$((i * 5000000)) conv=notrunc status=none; done
            truncate -s 60M in/sparse; truncate -s 3M in/empty; tar -S \(form) -C in -cf s.tar sparse empty
            """)
        _ = try LayerUnpack.apply(FileInput(scratch.path + "/s.tar"), to: root, style: .overlay)
        try scratch.shell("cmp in/sparse root/sparse; cmp in/empty root/empty")
        let usage = try TreeUsage.measure(root)
        #expect(usage.apparent == ByteCount.mebibytes(63))
        #expect(usage.allocated < .mebibytes(1))
    }
}

/// Bytes in memory.
final class BytesInput: ByteInput {
    private var bytes: ArraySlice<UInt8>
    let subject = "bytes"

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        let count = min(buffer.count, bytes.count)
        buffer.copyBytes(from: bytes.prefix(count))
        bytes = bytes.dropFirst(count)
        return count
    }
}

/// SplitMix64, so that a failure comes again.
struct Seeded: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9e37_79b9_7f4a_7c15
        var z = seed
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
