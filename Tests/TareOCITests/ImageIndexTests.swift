import TareCore
import Testing

@testable import TareOCI

@Suite("OCI types")
struct ImageIndexTests {
    private static let digest = String(repeating: "ab", count: 32)

    private func descriptor(_ platform: ImagePlatform?, _ type: MediaType = .manifest, size: Int64 = 1) throws
        -> Descriptor
    {
        Descriptor(
            mediaType: type, digest: try #require(Digest(hex: Self.digest)), size: size, platform: platform)
    }

    @Test("the machine's own platform comes first, and attestations never")
    func choice() throws {
        let index = ImageIndex(manifests: [
            try descriptor(nil, size: 1), try descriptor(ImagePlatform(architecture: "amd64"), size: 2),
            try descriptor(ImagePlatform(architecture: "unknown", os: "unknown"), size: 3),
            try descriptor(ImagePlatform(architecture: "arm64", variant: "v8"), size: 4),
            try descriptor(ImagePlatform(architecture: "amd64"), MediaType(rawValue: "application/x"), size: 5),
        ])
        #expect(index.candidates(for: ImagePlatform(architecture: "amd64")).map(\.size) == [2, 1])
        #expect(index.candidates(for: ImagePlatform(architecture: "arm64")).map(\.size) == [4, 1])
        #expect(index.candidates(for: ImagePlatform(architecture: "arm64", variant: "v9")).map(\.size) == [1])
    }

    @Test("a manifest is written with sorted keys and read back the same")
    func roundTrip() throws {
        let manifest = ImageManifest(
            config: try descriptor(nil, .config), layers: [try descriptor(nil, .layerZstd)], annotations: ["a": "b"])
        let text = try JSONText.encode(manifest, pretty: false)
        let blob = #"{"digest":"sha256:\#(Self.digest)","mediaType":"application/vnd.oci.image."#
        #expect(
            text == #"{"annotations":{"a":"b"},"config":"# + blob + #"config.v1+json","size":1},"layers":["# + blob
                + #"layer.v1.tar+zstd","size":1}],"mediaType":"application/vnd.oci.image.manifest.v1+json","#
                + #""schemaVersion":2}"#)
        #expect(try JSONText.decode(ImageManifest.self, from: text, subject: "t") == manifest)
    }

    @Test("a configuration of docker is read, and each layer gets its step")
    func config() throws {
        let text = """
            {"architecture":"amd64","os":"linux","config":{"Env":["A=b"],"Cmd":["sh"],"User":"1"},
             "history":[{"created_by":"ADD"},{"created_by":"CMD","empty_layer":true},{"created_by":"RUN"}],
             "rootfs":{"type":"layers","diff_ids":["sha256:\(Self.digest)","sha256:\(Self.digest)"]},"extra":1}
            """
        let config = try JSONText.decode(ImageConfig.self, from: text, subject: "t")
        #expect(config.layerSteps == ["ADD", "RUN"])
        #expect(config.config?.command == ["sh"])
        #expect(config.config?.environment == ["A=b"])
    }

    @Test("a list of docker save is read", arguments: [#"null"#, #"["a:1"]"#])
    func docker(_ tags: String) throws {
        let text = #"[{"Config":"c.json","RepoTags":\#(tags),"Layers":["l/layer.tar"]}]"#
        let list = try JSONText.decode([DockerArchiveManifest].self, from: text, subject: "t")
        #expect(list.first?.layers == ["l/layer.tar"])
        #expect(list.first?.repoTags == (tags == "null" ? nil : ["a:1"]))
    }

    @Test(
        "a wrong digest or a missing key is corrupt",
        arguments: [
            #"{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:zz","size":1}]}"#,
            #"{"schemaVersion":2}"#, "", "[",
        ])
    func wrong(_ text: String) {
        #expect { try JSONText.decode(ImageIndex.self, from: text, subject: "t") } throws: {
            ($0 as? TareError)?.code == .corrupt
        }
    }
}
