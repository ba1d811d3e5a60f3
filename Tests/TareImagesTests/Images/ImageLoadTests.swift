import Glibc
import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareImages

@Suite("Images in and out", .enabled(if: TestGate.isRoot, "needs root: owners, device nodes, mounts"))
struct ImageLoadTests {
    /// A layout of two layers in gzip, made by other people's tools.
    static func layout(_ scratch: Scratch) throws {
        try scratch.shell(
            """
            mkdir -p one/etc one/usr/bin one/dev; echo one > one/etc/a; echo gone > one/etc/b; ln one/etc/a one/etc/hard
            ln -s ../etc/a one/usr/bin/link; mknod one/dev/null c 1 3; mkfifo one/dev/fifo; chown 12345:70000 one/etc/a
            chmod 4755 one/etc/a; python3 -c 'import os; os.setxattr("one/etc/a", "user.note", b"x")'
            mkdir -p two/etc two/usr; echo two > two/etc/a; touch two/etc/.wh.b two/usr/.wh..wh..opq; echo new > two/usr/new
            for l in one two; do tar --xattrs --sort=name -C $l -cf $l.tar . ; done
            python3 - <<'EOF'
            import gzip, hashlib, json, os
            os.makedirs('layout/blobs/sha256')
            def put(data, kind):
                digest = hashlib.sha256(data).hexdigest()
                open('layout/blobs/sha256/' + digest, 'wb').write(data)
                return {'mediaType': 'application/vnd.oci.image.' + kind, 'digest': 'sha256:' + digest, 'size': len(data)}
            tars = [open(n + '.tar', 'rb').read() for n in ('one', 'two')]
            layers = [put(gzip.compress(t), 'layer.v1.tar+gzip') for t in tars]
            config = put(json.dumps({'architecture': 'amd64', 'os': 'linux', 'config': {'Cmd': ['/bin/sh']},
                'rootfs': {'type': 'layers', 'diff_ids': ['sha256:' + hashlib.sha256(t).hexdigest() for t in tars]}}).encode(),
                'config.v1+json')
            manifest = put(json.dumps({'schemaVersion': 2, 'mediaType': 'application/vnd.oci.image.manifest.v1+json',
                'config': config, 'layers': layers}).encode(), 'manifest.v1+json')
            manifest['annotations'] = {'org.opencontainers.image.ref.name': 'example.org/two:1'}
            json.dump({'schemaVersion': 2, 'manifests': [manifest]}, open('layout/index.json', 'w'))
            json.dump({'imageLayoutVersion': '1.0.0'}, open('layout/oci-layout', 'w'))
            EOF
            """)
    }

    @Test(
        "a layout is loaded, unpacked and mounted, and its second layer hides what it says",
        arguments: ImageLibrary.SnapshotKind.allCases)
    func loadAndMount(_ kind: ImageLibrary.SnapshotKind) throws {
        let scratch = try Scratch()
        try Self.layout(scratch)
        let library = try scratch.library(kind)
        let records = try library.load(scratch.path + "/layout")
        #expect(records.map(\.name) == ["example.org/two:1"])
        let image = try library.image("example.org/two:1")
        let key = try library.unpack(image)
        #expect(try library.unpack(image) == key)
        try library.snapshots.prepare("web", parent: key)
        let root = try scratch.mount(try library.snapshots.mount("web"))
        #expect(FileReading.valueIfPresent(at: root + "/etc/a") == "two")
        #expect(!FileReading.exists(root + "/etc/b"))
        #expect(FileReading.valueIfPresent(at: root + "/etc/hard") == "one")
        #expect(!FileReading.exists(root + "/usr/bin"))
        #expect(FileReading.valueIfPresent(at: root + "/usr/new") == "new")
        #expect(try scratch.shell("stat -c '%a %u %g' \(root)/etc/hard") == "4755 12345 70000\n")
        #expect(
            try scratch.shell("stat -c '%t:%T %F' \(root)/dev/null \(root)/dev/fifo")
                == "1:3 character special file\n0:0 fifo\n")
        #expect(try scratch.listing(root + "/etc").contains { $0.hasPrefix("hard|") && $0.hasSuffix("user.note=78") })
        try AtomicFile.write(root + "/etc/a", text: "changed")
        try scratch.unmount(root)
        let other = try scratch.mount(try library.snapshots.mount(key), "below")
        #expect(FileReading.valueIfPresent(at: other + "/etc/a") == "two")
        #expect(throws: TareError.self) { try AtomicFile.write(other + "/x", text: "") }
    }

    @Test(
        "what skopeo makes of it is loaded with the digests that skopeo says",
        arguments: ["oci", "oci-archive", "docker-archive"])
    func skopeo(_ form: String) throws {
        let scratch = try Scratch()
        try Self.layout(scratch)
        let target = form == "oci" ? "oci:$W/out:example.org/two:1" : "\(form):$W/out:example.org/two:1"
        try scratch.shell("skopeo --insecure-policy copy -q oci:layout:example.org/two:1 \(target)")
        let library = try scratch.library()
        let records = try library.load(scratch.path + "/out")
        #expect(records.map(\.name) == ["example.org/two:1"])
        let image = try library.image("example.org/two:1")
        let said = try scratch.shell(
            "skopeo inspect --raw --config oci:layout:example.org/two:1 | sha256sum | cut -c1-64")
        if form != "docker-archive" {
            #expect(image.id.hex + "\n" == said)
            let raw = try scratch.shell("skopeo inspect --raw \(target) | sha256sum | cut -c1-64")
            #expect(image.descriptor.digest.hex + "\n" == raw)
        }
        try library.unpack(image)
        #expect(try library.snapshots.list().count == 2)
    }
}
