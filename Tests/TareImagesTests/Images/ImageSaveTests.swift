import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareImages

@Suite("Images out", .enabled(if: TestGate.isRoot, "needs root: owners, device nodes, mounts"))
struct ImageSaveTests {
    @Test("skopeo reads what is saved, with equal digests")
    func skopeo() throws {
        let scratch = try Scratch()
        try ImageLoadTests.layout(scratch)
        let library = try scratch.library()
        try library.load(scratch.path + "/layout")
        let image = try library.image("example.org/two:1")
        for format in SaveFormat.allCases {
            try library.save(["example.org/two:1"], to: scratch.path + "/saved-" + format.rawValue, format: format)
        }
        for source in ["oci:saved-layout", "oci-archive:saved-oci-archive"] {
            let text = try scratch.shell(
                "skopeo inspect --raw \(source):example.org/two:1 | sha256sum | cut -c1-64; "
                    + "skopeo --insecure-policy copy -q \(source):example.org/two:1 dir:out-\(source.hasSuffix("ve") ? 1 : 2)"
            )
            #expect(text == image.descriptor.digest.hex + "\n")
        }
        let id = try scratch.shell(
            "skopeo inspect --raw --config docker-archive:saved-docker-archive:example.org/two:1 | sha256sum | cut -c1-64"
        )
        #expect(id == image.id.hex + "\n")
        try scratch.shell("skopeo --insecure-policy copy -q docker-archive:saved-docker-archive dir:out-3")
        // And back again: the layers are the same ones.
        let other = try ImageLibrary(root: scratch.path + "/other")
        try other.load(scratch.path + "/saved-docker-archive")
        #expect(try other.image("example.org/two:1").chain == image.chain)
        #expect(try other.image("example.org/two:1").id == image.id)
    }

    @Test("an image that is built from a snapshot's layer is the same image wherever it goes")
    func build() throws {
        let scratch = try Scratch()
        let library = try scratch.library()
        let lease = try library.content.lease("test")
        try library.snapshots.prepare("step", parent: nil)
        let root = try scratch.mount(try library.snapshots.mount("step"))
        try scratch.shell("mkdir \(root)/bin; echo x > \(root)/bin/sh")
        try scratch.unmount(root)
        let (layer, key) = try library.commitLayer("step", options: LayerOptions(fixedTime: 0), lease: lease)
        var config = ImageConfig(rootfs: ImageConfig.RootFS(diffIDs: [layer.diffID]))
        config.config = ImageConfig.Execution()
        config.config?.exposedPorts = ["80/tcp"]
        let target = try library.writeImage(
            config, layers: [layer.descriptor], name: "docker.io/library/mine:1", lease: lease)
        let image = try library.image("mine:1")
        #expect(image.snapshotKey == key && image.descriptor.digest == target.digest)
        #expect(image.config.config?.exposedPorts == ["80/tcp"])
        try library.save(["mine:1"], to: scratch.path + "/x", format: .layoutArchive)
        let other = try ImageLibrary(root: scratch.path + "/other", snapshots: .copy)
        try other.load(scratch.path + "/x")
        #expect(try other.image("mine:1").descriptor == image.descriptor)
        try other.unpack(try other.image("mine:1"))
        #expect(try other.snapshots.find(key) != nil)
    }
}
