import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareImages

@Suite("Collection")
struct CollectionTests {
    @Test("after random puts, names, leases and collections exactly what is needed is there")
    func oracle() throws {
        let scratch = try Scratch(on: "/dev/shm")
        let library = try scratch.library(.copy)
        var random = Seeded(seed: 11)
        var needed: [String: Set<Digest>] = [:]
        var leases: [(lease: Lease, blobs: Set<Digest>)] = []
        for step in 0..<150 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                let lease = try library.content.lease("put")
                let content = [UInt8]("blob \(Int.random(in: 0..<12, using: &random))".utf8)
                let layer = try library.content.put(content, mediaType: .layer, lease: lease)
                let config = try library.content.put(
                    [UInt8]("config \(step % 5)".utf8), mediaType: MediaType(rawValue: "x/y"), lease: lease)
                let target = try library.content.put(
                    document: ImageManifest(config: config, layers: [layer]), mediaType: .manifest, lease: lease)
                let name = "n\(Int.random(in: 0..<6, using: &random))"
                try library.names.put(name, target)
                needed[name] = [layer.digest, config.digest, target.digest]
            case 2:
                let name = "n\(Int.random(in: 0..<6, using: &random))"
                #expect(try library.names.remove(name) == (needed.removeValue(forKey: name) != nil))
            case 3:
                let lease = try library.content.lease("hold")
                let blob = try library.content.put([UInt8]("held \(step)".utf8), mediaType: .layer, lease: lease)
                leases.append((lease, [blob.digest]))
            case 4: if !leases.isEmpty { leases.remove(at: Int.random(in: 0..<leases.count, using: &random)) }
            default:
                try library.collect()
                let all = needed.values.reduce(into: Set<Digest>()) { $0.formUnion($1) }
                let held = leases.reduce(into: Set<Digest>()) { $0.formUnion($1.blobs) }
                #expect(Set(try library.content.list().map(\.digest)) == all.union(held), "step \(step)")
            }
        }
        #expect(try library.names.list().map(\.name) == needed.keys.sorted())
    }

    @Test("an ingest goes on where it was cut off, and wrong bytes never become a blob")
    func resume() throws {
        let scratch = try Scratch(on: "/dev/shm")
        let store = try ContentStore(scratch.path + "/store")
        let lease = try store.lease("test")
        let bytes = [UInt8](repeating: 7, count: 100_000)
        let digest = try SHA256.digest(of: bytes)
        let wanted = Descriptor(mediaType: .layer, digest: digest, size: 100_000)
        do {
            let ingest = try store.ingest(wanted, lease: lease)
            try ingest.write(Array(bytes[..<40_000]))
            #expect { try ingest.commit() } throws: { ($0 as? TareError)?.code == .unavailable }
            #expect { _ = try store.ingest(wanted, lease: lease) } throws: { ($0 as? TareError)?.code == .unavailable }
        }
        #expect(!store.has(digest))
        let again = try store.ingest(wanted, lease: lease)
        #expect(again.offset == 40_000)
        #expect { try again.write([UInt8](repeating: 7, count: 60_001)) } throws: {
            ($0 as? TareError)?.code == .corrupt
        }
        try again.write(Array(bytes[40_000...]))
        try again.commit()
        #expect(try store.bytes(digest) == bytes)
        let other = Descriptor(mediaType: .layer, digest: try SHA256.digest(of: "right"), size: 5)
        let bad = try store.ingest(other, lease: lease)
        try bad.write([UInt8]("wrong".utf8))
        #expect { try bad.commit() } throws: { ($0 as? TareError)?.code == .corrupt }
        #expect(!store.has(other.digest))
        #expect(try store.ingest(other, lease: lease).offset == 0)
    }

    @Test(
        "dropping packed layers keeps the image usable, and disk usage tells shared from unique",
        .enabled(if: TestGate.isRoot, "needs root: owners, device nodes, mounts"))
    func drop() throws {
        let scratch = try Scratch()
        try ImageLoadTests.layout(scratch)
        let library = try scratch.library()
        try library.load(scratch.path + "/layout")
        let image = try library.image("example.org/two:1")
        let key = try library.unpack(image)
        #expect(try library.collect() == CollectionReport())
        let lease = try library.content.lease("test")
        try library.snapshots.prepare("step", parent: key)
        let (layer, _) = try library.commitLayer("step", lease: lease)
        var config = image.config
        config.rootfs.diffIDs.append(layer.diffID)
        try library.writeImage(
            config, layers: image.manifest.layers + [layer.descriptor], name: "docker.io/me/top:1", lease: lease)
        let usage = try library.diskUsage()
        #expect(usage.images.count == 2 && usage.blobCount == 7)
        let base = try #require(usage.images.first { $0.names == ["example.org/two:1"] })
        #expect(base.unique == .zero && base.shared.bytes > 0)
        withExtendedLifetime(lease) {}
        #expect(try library.collect(keepsPackedLayers: false).blobs == 2)
        #expect(try library.unpack(try library.image("example.org/two:1")) == key)
        try library.names.remove("docker.io/me/top:1")
        try library.names.remove("example.org/two:1")
        try library.snapshots.prepare("web", parent: key)
        #expect(try library.collect().snapshots == 0)
        try library.snapshots.remove("web")
    }
}
