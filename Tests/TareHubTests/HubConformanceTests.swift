import FoundationEssentials
import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareRegistry

/// The distribution specification's sentences, a test each: pull, push, content discovery, content management.
@Suite("The hub keeps the distribution specification")
struct HubConformanceTests {
    private let blob = Array("a blob of some length".utf8)
    private let config = Array("{}".utf8)

    private func digest(_ bytes: [UInt8]) throws -> String { try SHA256.digest(of: bytes).description }

    private func push(_ bytes: [UInt8], _ hub: HubFixture, _ name: String) throws {
        let answer = try hub.ask(.post, "/v2/\(name)/blobs/uploads/?digest=\(digest(bytes))", body: bytes)
        #expect(answer.status == 201)
    }

    private func manifest(subject: Descriptor? = nil, type: String? = nil) throws -> [UInt8] {
        var text = """
            {"schemaVersion":2,"mediaType":"\(MediaType.manifest)",
            "config":{"mediaType":"\(type ?? MediaType.config.rawValue)","digest":"\(try digest(config))","size":\(config.count)},
            "layers":[{"mediaType":"\(MediaType.layer)","digest":"\(try digest(blob))","size":\(blob.count)}]
            """
        if let subject { text += ",\"subject\":" + (try JSONText.encode(subject)) }
        return Array((text + "}").utf8)
    }

    private func put(_ bytes: [UInt8], _ reference: String, _ hub: HubFixture, _ name: String) throws -> HTTPResponse {
        let type = [("Content-Type", MediaType.manifest.rawValue)]
        return try hub.ask(.put, "/v2/\(name)/manifests/\(reference)", type, body: bytes)
    }

    private func code(_ answer: HTTPResponse) -> String? {
        struct Document: Decodable {
            struct Item: Decodable { var code: String }
            var errors: [Item]
        }
        return (try? JSONDecoder().decode(Document.self, from: Data(answer.body)))?.errors.first?.code
    }

    @Test("it says that it speaks the protocol, and what is not there is 404 with the specification's code")
    func absent() throws {
        let hub = try #require(HubFixture())
        #expect(try hub.ask(.get, "/v2/").status == 200)
        let none = "sha256:" + String(repeating: "0", count: 64)
        let cases: [(String, Int, String)] = [
            ("/v2/a/blobs/\(none)", 404, "BLOB_UNKNOWN"), ("/v2/a/manifests/\(none)", 404, "MANIFEST_UNKNOWN"),
            ("/v2/a/manifests/latest", 404, "MANIFEST_UNKNOWN"), ("/v2/a/tags/list", 404, "NAME_UNKNOWN"),
            ("/v2/A/tags/list", 400, "NAME_INVALID"), ("/v2/a/blobs/sha256:short", 400, "DIGEST_INVALID"),
            ("/v2/a/blobs/uploads/x", 404, "BLOB_UPLOAD_UNKNOWN"), ("/elsewhere", 404, "UNSUPPORTED"),
        ]
        for (path, status, word) in cases {
            let answer = try hub.ask(.get, path)
            #expect(answer.status == status, "\(path)")
            #expect(code(answer) == word, "\(path)")
        }
        #expect(try hub.ask(.head, "/v2/a/manifests/latest").status == 404)
        #expect(try hub.ask(.patch, "/v2/a/manifests/latest").status == 405)
        #expect(try hub.ask(.get, "/v2/a/../../etc/manifests/latest").status >= 400)
    }

    @Test("a blob goes in by POST and PUT, by one POST, and in pieces, and comes out whole and in ranges")
    func blobs() throws {
        let hub = try #require(HubFixture())
        let digest = try digest(blob)
        let begun = try hub.ask(.post, "/v2/a/blobs/uploads/", body: [])
        #expect(begun.status == 202)
        let location = try #require(begun.headers["Location"])
        let whole = try hub.ask(.put, "\(location)?digest=\(digest)", body: blob)
        #expect(whole.status == 201)
        #expect(whole.headers["Docker-Content-Digest"] == digest)
        #expect(try hub.ask(.get, location).status == 404)
        try push(blob, hub, "b")
        var at = try #require(try hub.ask(.post, "/v2/c/blobs/uploads/", body: []).headers["Location"])
        let early = try hub.ask(.patch, at, [("Content-Range", "5-9")], body: Array(blob[5..<10]))
        #expect(early.status == 416)
        #expect(early.headers["Location"] != nil)
        for range in [0..<5, 5..<10] {
            let field = ("Content-Range", "\(range.lowerBound)-\(range.upperBound - 1)")
            let answer = try hub.ask(.patch, at, [field], body: Array(blob[range]))
            #expect(answer.status == 202)
            #expect(answer.headers["Range"] == "0-\(range.upperBound - 1)")
            at = try #require(answer.headers["Location"])
        }
        let standing = try hub.ask(.get, at)
        #expect(standing.status == 204)
        #expect(standing.headers["Range"] == "0-9")
        let field = ("Content-Range", "10-\(blob.count - 1)")
        #expect(try hub.ask(.put, "\(at)?digest=\(digest)", [field], body: Array(blob[10...])).status == 201)
        for name in ["a", "b", "c"] {
            let answer = try hub.ask(.get, "/v2/\(name)/blobs/\(digest)")
            #expect(answer.status == 200 && answer.body == blob)
        }
        let head = try hub.ask(.head, "/v2/a/blobs/\(digest)")
        #expect(head.status == 200 && head.headers["Content-Length"] == String(blob.count))
        let part = try hub.ask(.get, "/v2/a/blobs/\(digest)", [("Range", "bytes=2-4")])
        #expect(part.status == 206 && part.body == Array(blob[2...4]))
        #expect(part.headers["Content-Range"] == "bytes 2-4/\(blob.count)")
        #expect(try hub.ask(.get, "/v2/a/blobs/\(digest)", [("Range", "bytes=9999-")]).status == 416)
    }

    @Test("an upload with another digest than promised is refused and leaves nothing, one that is dropped is gone")
    func badUploads() throws {
        let hub = try #require(HubFixture())
        let other = try digest(config)
        let wrong = try hub.ask(.post, "/v2/a/blobs/uploads/?digest=\(other)", body: blob)
        #expect(wrong.status == 400)
        #expect(code(wrong) == "DIGEST_INVALID")
        #expect(try hub.ask(.head, "/v2/a/blobs/\(other)").status == 404)
        let location = try #require(try hub.ask(.post, "/v2/a/blobs/uploads/", body: []).headers["Location"])
        #expect(try hub.ask(.put, location, body: blob).status == 400)
        #expect(try hub.ask(.delete, location).status == 204)
        #expect(try hub.ask(.get, location).status == 404)
        #expect(try hub.ask(.put, "\(location)?digest=\(digest(blob))", body: blob).status == 404)
    }

    @Test("a blob is mounted from another repository, and an upload begins where it is not there")
    func mounts() throws {
        let hub = try #require(HubFixture())
        try push(blob, hub, "first")
        let digest = try digest(blob)
        let mounted = try hub.ask(.post, "/v2/second/deep/blobs/uploads/?mount=\(digest)&from=first", body: [])
        #expect(mounted.status == 201)
        #expect(try hub.ask(.get, "/v2/second/deep/blobs/\(digest)").body == blob)
        let other = try self.digest(config)
        #expect(try hub.ask(.post, "/v2/third/blobs/uploads/?mount=\(other)&from=first", body: []).status == 202)
        #expect(try hub.ask(.post, "/v2/third/blobs/uploads/?mount=\(digest)", body: []).status == 202)
        #expect(try hub.ask(.head, "/v2/third/blobs/\(digest)").status == 404)
    }

    @Test("content is known by its sha512 too, and a wrong one is refused")
    func otherAlgorithm() throws {
        let hub = try #require(HubFixture())
        // "a blob of some length", by sha512sum.
        let name =
            "sha512:2994eaf72aa2ac9d9b9a3f399581a9364090563bbf8e1091149fed21c54b107a927d6553d129ae541dfa4b88045ddd325831d545affbc6e1c44a598c9f3f8b0c"
        let begun = try hub.ask(.post, "/v2/a/blobs/uploads/?digest=\(name)", body: blob)
        #expect(begun.status == 201 && begun.headers["Docker-Content-Digest"] == name)
        #expect(try hub.ask(.get, "/v2/a/blobs/\(name)").body == blob)
        #expect(try hub.ask(.head, "/v2/a/blobs/\(digest(blob))").status == 404)
        let wrong = try hub.ask(.post, "/v2/a/blobs/uploads/?digest=\(name)", body: config)
        #expect(wrong.status == 400)
        let text = """
            {"schemaVersion":2,"mediaType":"\(MediaType.manifest)",
            "config":{"mediaType":"\(MediaType.config)","digest":"\(name)","size":\(blob.count)},"layers":[]}
            """
        let stored = try put(Array(text.utf8), "v1", hub, "a")
        #expect(stored.status == 201)
        #expect(try hub.ask(.get, "/v2/a/manifests/v1").body == Array(text.utf8))
        #expect(try hub.ask(.delete, "/v2/a/blobs/\(name)").status == 202)
        #expect(try hub.ask(.get, "/v2/a/blobs/\(name)").status == 404)
    }

    @Test("a manifest needs its blobs, has one digest, and is found by tag and digest with its type")
    func manifests() throws {
        let hub = try #require(HubFixture())
        let bytes = try manifest()
        let early = try put(bytes, "v1", hub, "a")
        #expect(early.status == 404)
        #expect(code(early) == "MANIFEST_BLOB_UNKNOWN")
        try push(blob, hub, "a")
        try push(config, hub, "a")
        #expect(try put(Array("{".utf8), "v1", hub, "a").status == 400)
        #expect(try put(bytes, digest(blob), hub, "a").status == 400)
        #expect(try hub.ask(.put, "/v2/a/manifests/v1", [("Content-Type", "text/other")], body: bytes).status == 400)
        let digest = try digest(bytes)
        for reference in ["v1", "V1.0_x-y", digest] {
            let answer = try put(bytes, reference, hub, "a")
            #expect(answer.status == 201)
            #expect(answer.headers["Docker-Content-Digest"] == digest)
        }
        for reference in ["v1", digest] {
            let answer = try hub.ask(.get, "/v2/a/manifests/\(reference)")
            #expect(answer.status == 200 && answer.body == bytes)
            #expect(answer.headers["Content-Type"] == MediaType.manifest.rawValue)
            let head = try hub.ask(.head, "/v2/a/manifests/\(reference)")
            #expect(head.headers["Content-Length"] == String(bytes.count))
        }
    }

    @Test("tags come sorted and in pages that name the next one")
    func tagPages() throws {
        let hub = try #require(HubFixture())
        try push(blob, hub, "a")
        try push(config, hub, "a")
        let names = ["b", "a", "d", "c", "A"]
        for name in names { #expect(try put(manifest(), name, hub, "a").status == 201) }
        struct Document: Decodable {
            var name: String
            var tags: [String]
        }
        func page(_ query: String) throws -> (tags: [String], link: String?) {
            let answer = try hub.ask(.get, "/v2/a/tags/list\(query)")
            #expect(answer.status == 200)
            let document = try JSONDecoder().decode(Document.self, from: Data(answer.body))
            return (document.tags, answer.headers["Link"])
        }
        #expect(try page("").tags == ["A", "a", "b", "c", "d"])
        #expect(try page("?n=0").tags.isEmpty)
        let first = try page("?n=2")
        #expect(first.tags == ["A", "a"])
        let next = try #require(first.link.flatMap(RegistryClient.nextLink))
        #expect(next.contains("n=2") && next.contains("last=a"))
        #expect(try page("?n=2&last=b").tags == ["c", "d"])
        #expect(try page("?n=2&last=b").link == nil)
        #expect(try RegistryClient().tags(of: RegistryRepository(host: hub.host, name: "a")) == names.sorted())
    }

    @Test("manifests that name a subject are its referrers, also before the subject is there, and by type")
    func referrers() throws {
        let hub = try #require(HubFixture())
        try push(blob, hub, "a")
        try push(config, hub, "a")
        let image = try manifest()
        let subject = Descriptor(mediaType: .manifest, digest: try SHA256.digest(of: image), size: Int64(image.count))
        let first = try manifest(subject: subject, type: "application/x.first")
        let second = try manifest(subject: subject, type: "application/x.second+json")
        for bytes in [first, second] {
            let answer = try put(bytes, digest(bytes), hub, "a")
            #expect(answer.status == 201)
            #expect(answer.headers["OCI-Subject"] == subject.digest.description)
        }
        #expect(try put(image, "v1", hub, "a").status == 201)
        let client = RegistryClient()
        let repository = try RegistryRepository(host: hub.host, name: "a")
        let all = try client.referrers(to: subject.digest, in: repository)
        #expect(Set(all.map(\.artifactType)) == ["application/x.first", "application/x.second+json"])
        let answer = try hub.ask(.get, "/v2/a/referrers/\(subject.digest)?artifactType=application/x.second%2Bjson")
        #expect(answer.headers["OCI-Filters-Applied"] == "artifactType")
        #expect(answer.headers["Content-Type"] == MediaType.index.rawValue)
        let filtered = try JSONDecoder().decode(ImageIndex.self, from: Data(answer.body)).manifests
        #expect(filtered.map(\.digest) == [try SHA256.digest(of: second)])
        #expect(try hub.ask(.delete, "/v2/a/manifests/\(digest(first))").status == 202)
        #expect(try client.referrers(to: subject.digest, in: repository).count == 1)
        let none = "sha256:" + String(repeating: "1", count: 64)
        #expect(try hub.ask(.get, "/v2/a/referrers/\(none)").status == 200)
    }

    @Test("tags, manifests and blobs are deleted, each only itself")
    func deletion() throws {
        let hub = try #require(HubFixture())
        try push(blob, hub, "a")
        try push(config, hub, "a")
        let bytes = try manifest()
        let digest = try digest(bytes)
        for tag in ["one", "two"] { #expect(try put(bytes, tag, hub, "a").status == 201) }
        #expect(try hub.ask(.delete, "/v2/a/manifests/one").status == 202)
        #expect(try hub.ask(.get, "/v2/a/manifests/one").status == 404)
        #expect(try hub.ask(.get, "/v2/a/manifests/two").status == 200)
        #expect(try hub.ask(.delete, "/v2/a/manifests/\(digest)").status == 202)
        #expect(try hub.ask(.get, "/v2/a/manifests/two").status == 404)
        #expect(try hub.ask(.get, "/v2/a/manifests/\(digest)").status == 404)
        #expect(try hub.ask(.delete, "/v2/a/manifests/\(digest)").status == 404)
        #expect(try hub.ask(.delete, "/v2/a/blobs/\(self.digest(blob))").status == 202)
        #expect(try hub.ask(.get, "/v2/a/blobs/\(self.digest(blob))").status == 404)
        #expect(try hub.ask(.head, "/v2/a/blobs/\(self.digest(config))").status == 200)
    }
}
