import FoundationEssentials
import TareCore
import TareLinux
import TareOCI
import Testing

@testable import TareWeigh

@Suite("ImageReader")
struct ImageReaderTests {
    @Test("a layout gives its layers merged, in a folder and in archives", arguments: ["", "tar -cf", "tar -czf"])
    func layouts(_ pack: String) throws {
        let image = try SampleImage()
        try image.layout()
        let sample = image.sample
        if !pack.isEmpty { try sample.run("\(pack) image -C layout .") }
        let path = sample.folder + (pack.isEmpty ? "/layout" : "/image")
        let reader = try SubjectReader.open(path)
        #expect(reader.kind == (pack.isEmpty ? "oci-layout" : "oci-archive"))
        TreeFacts.expectSame(
            try TreeFacts(reader), try TreeFacts(DirectoryReader(root: sample.folder + "/expected")), pack)
        let tree = try reader.tree()
        #expect(tree.layers.map(\.name) == image.blobs.map(\.digest.description))
        #expect(tree.layers.map(\.createdBy) == ["first step", "second step"])
        #expect(tree.layers.map(\.wire) == image.blobs.map(\.size))
        #expect(tree.wire == image.wire)
        #expect(tree.nodes.first { $0.path == "/etc/kept" }?.layer == 0)
        #expect(tree.nodes.first { $0.path == "/etc/changed" }?.layer == 1)
        #expect(tree.hostAllocated ?? 0 > 0)
    }

    @Test(
        "what docker save writes gives the same tree, and so do other tools' names of the members",
        arguments: [("tar -cf", false), ("tar -czf", false), ("tar --sort=name -cf", true)])
    func docker(_ pack: String, hasPlainNames: Bool) throws {
        let image = try SampleImage()
        try image.dockerArchive(pack, hasPlainNames: hasPlainNames)
        let sample = image.sample
        let reader = try SubjectReader.open(sample.folder + "/image")
        #expect(reader.kind == "docker-archive")
        TreeFacts.expectSame(
            try TreeFacts(reader), try TreeFacts(DirectoryReader(root: sample.folder + "/expected")), pack)
        #expect(try reader.tree().wire == nil)
        #expect(try reader.tree().layers.map(\.createdBy) == ["first step", "second step"])
    }

    @Test(
        "skopeo's archives give the same tree", .enabled(if: Tool.isThere("skopeo"), "skopeo is not installed"),
        arguments: ["docker-archive:image", "oci-archive:image", "oci:image"])
    func skopeo(_ target: String) throws {
        let image = try SampleImage()
        // Docker's own manifests know no zstd.
        try image.layout(zstd: false)
        let sample = image.sample
        try sample.run("skopeo --insecure-policy copy -q oci:layout \(target):test/sample:1")
        TreeFacts.expectSame(
            try TreeFacts(SubjectReader.open(sample.folder + "/image")),
            try TreeFacts(DirectoryReader(root: sample.folder + "/expected")), target)
    }

    @Test("a blob that is not what its digest says is refused, and a missing one is named")
    func digests() throws {
        let image = try SampleImage()
        try image.layout()
        let path = image.sample.folder + "/layout"
        let blob = "layout/" + ImageLayout.blobPath(image.blobs[0].digest)
        var bytes = try FileReading.bytes(at: image.sample.folder + "/" + blob)
        // A byte of gzip's header that does not change what is inside.
        bytes[4] ^= 1
        try image.sample.write(blob, bytes)
        #expect { try SubjectReader.open(path).tree() } throws: {
            guard let error = $0 as? TareError else { return false }
            return error.code == .corrupt && error.message.contains("digest")
        }
        try image.sample.run("rm \(blob)")
        #expect { try SubjectReader.open(path).tree() } throws: { ($0 as? TareError)?.code == .notFound }
    }

    @Test("another machine's image is refused with the platforms that are there")
    func platforms() throws {
        let image = try SampleImage()
        try image.layout()
        #expect {
            try ImageReader(
                image.sample.folder + "/layout", kind: .ociFolder, platform: ImagePlatform(architecture: "s390x"))
        } throws: {
            guard let error = $0 as? TareError else { return false }
            return error.code == .unsupported && error.message.contains(ImagePlatform.host.architecture)
        }
    }

    @Test("damaged images give an error or a tree, never a crash")
    func damage() throws {
        let image = try SampleImage()
        try image.layout()
        try image.sample.run("tar -cf image -C layout .")
        let bytes = try FileReading.bytes(at: image.sample.folder + "/image")
        let path = image.sample.folder + "/damaged"
        var random = Seeded(45)
        var codes: [TareError.Code?: Int] = [:]
        for _ in 0..<150 {
            var damaged = bytes
            damaged[Int.random(in: damaged.indices, using: &random)] ^= 0x21
            try image.sample.write("damaged", damaged)
            let code = Exhaust.code { () throws(TareError) in try ImageReader(path, kind: .ociArchive) }
            #expect(Exhaust.allowed.contains(code), "\(code?.name ?? "")")
            codes[code, default: 0] += 1
        }
        #expect(codes[.corrupt] ?? 0 > 10, "\(codes)")
    }
}

/// An image of two layers and the tree that it must give.
final class SampleImage {
    let sample: SampleTree
    private(set) var blobs: [Descriptor] = []
    private(set) var wire: Int64 = 0

    init() throws {
        sample = try SampleTree()
        var random = Seeded(9)
        let noise = (0..<50_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for root in ["one", "expected"] {
            try sample.write("\(root)/etc/kept", Array("kept".utf8))
            try sample.write("\(root)/bin/tool", noise)
            try sample.run("ln \(root)/bin/tool \(root)/bin/other; ln -s tool \(root)/bin/link")
        }
        try sample.write("one/etc/changed", Array("old".utf8))
        try sample.write("one/gone/file", Array("gone".utf8))
        try sample.write("one/opaque/below", Array("below".utf8))
        for root in ["two", "expected"] {
            try sample.write("\(root)/etc/changed", Array("new text".utf8))
            try sample.write("\(root)/opaque/above", Array("above".utf8))
        }
        try sample.write("two/.wh.gone", [])
        try sample.write("two/opaque/.wh..wh..opq", [])
        try sample.run("chmod 755 one two expected; tar -cf one.tar -C one . && tar -cf two.tar -C two .")
    }

    private func config() throws -> ImageConfig {
        ImageConfig(
            rootfs: .init(
                diffIDs: try ["one", "two"].map { try SHA256.digest(ofFile: sample.folder + "/\($0).tar").digest }),
            history: [
                .init(createdBy: "first step"), .init(createdBy: "ENV", emptyLayer: true),
                .init(createdBy: "second step"),
            ])
    }

    /// Writes a blob of the layout and gives its descriptor.
    private func blob(_ bytes: [UInt8], _ type: MediaType, _ platform: ImagePlatform? = nil) throws -> Descriptor {
        let digest = try SHA256.digest(of: bytes)
        try sample.write("layout/" + ImageLayout.blobPath(digest), bytes)
        return Descriptor(mediaType: type, digest: digest, size: Int64(bytes.count), platform: platform)
    }

    /// Makes `layout`: one layer in gzip, one in zstd, an index of two platforms inside the index.
    func layout(zstd: Bool = true) throws {
        try sample.run("gzip -nk one.tar two.tar && zstd -q two.tar")
        blobs = [
            try blob(FileReading.bytes(at: sample.folder + "/one.tar.gz"), .layerGzip),
            try blob(
                FileReading.bytes(at: sample.folder + (zstd ? "/two.tar.zst" : "/two.tar.gz")),
                zstd ? .layerZstd : .layerGzip),
        ]
        let config = try blob(Array(JSONText.encode(config()).utf8), .config)
        let text = try JSONText.encode(ImageManifest(config: config, layers: blobs))
        let manifest = try blob(Array(text.utf8), .manifest, .host)
        let other = Descriptor(
            mediaType: .manifest, digest: try SHA256.digest(of: "other"), size: 5,
            platform: ImagePlatform(architecture: "mips"))
        let inner = try blob(Array(JSONText.encode(ImageIndex(manifests: [other, manifest])).utf8), .index)
        wire = blobs.reduce(manifest.size + config.size) { $0 + $1.size }
        try sample.write("layout/index.json", Array(JSONText.encode(ImageIndex(manifests: [inner])).utf8))
        try sample.write("layout/oci-layout", Array(JSONText.encode(ImageLayout()).utf8))
    }

    /// Makes `image` as `docker save` does.
    func dockerArchive(_ pack: String, hasPlainNames: Bool = false) throws {
        let config = Array(try JSONText.encode(config()).utf8)
        let digest = try SHA256.digest(of: config)
        let configName = hasPlainNames ? "config.json" : "\(digest.hex).json"
        let layerNames =
            hasPlainNames
            ? ["first.tar", "second.tar"] : ["a", "b"].map { String(repeating: $0, count: 64) + "/layer.tar" }
        try sample.write("saved/\(configName)", config)
        for (name, layer) in zip(layerNames, ["one", "two"]) {
            try sample.write("saved/\(name)", FileReading.bytes(at: sample.folder + "/\(layer).tar"))
        }
        let list = [DockerArchiveManifest(config: configName, repoTags: ["sample:1"], layers: layerNames)]
        try sample.write("saved/manifest.json", Array(JSONText.encode(list).utf8))
        try sample.run("\(pack) image -C saved .")
    }
}
