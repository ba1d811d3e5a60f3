import FoundationEssentials
import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareRegistry

@Suite(
    "The client against Debian's registry",
    .enabled(if: DebianRegistry.isAvailable, "docker-registry is not installed"),
    .serialized
)
struct RegistryClientTests {
    private let quick = RetryPolicy(tries: 4, firstWait: 0.01, longestWait: 0.05)

    private func manifest(config: Descriptor, layers: [Descriptor]) throws -> [UInt8] {
        Array(try JSONText.encode(ImageManifest(config: config, layers: layers)).utf8)
    }

    @Test("what is pushed, whole or in pieces, is fetched with the same bytes", arguments: [0, 1000, 65536] as [Int64])
    func roundTrip(chunk: Int64) throws {
        let registry = try #require(DebianRegistry())
        let client = RegistryClient(retry: quick, chunk: chunk)
        let repository = try RegistryRepository(host: registry.host, name: "tare/round-trip")
        let layer = MemoryBlob.random(150_001, seed: 1)
        let config = MemoryBlob(bytes: Array("{}".utf8))
        for (blob, type) in [(layer, MediaType.layerGzip), (config, .config)] {
            let descriptor = try blob.descriptor(type)
            #expect(try client.pushBlob(descriptor, from: blob, to: repository) == .sent)
            #expect(try client.pushBlob(descriptor, from: blob, to: repository) == .present)
        }
        let bytes = try manifest(config: config.descriptor(.config), layers: [layer.descriptor()])
        try client.pushManifest(bytes, type: .manifest, as: "one", to: repository)
        let read = try client.manifest("one", in: repository)
        #expect(read.bytes == bytes)
        #expect(read.descriptor.mediaType == .manifest)
        #expect(try client.manifest(read.descriptor.digest.description, in: repository) == read)
        var back = MemoryBlob()
        try client.fetchBlob(layer.descriptor(), in: repository, into: &back)
        #expect(back.bytes == layer.bytes)
        #expect(try client.tags(of: repository) == ["one"])
    }

    @Test("a blob that another repository has is mounted: no byte of it is sent")
    func mount() throws {
        let registry = try #require(DebianRegistry())
        let proxy = try #require(CuttingProxy(server: registry.server.port, cuts: 0, after: 0))
        defer { proxy.stop() }
        let client = RegistryClient(retry: quick)
        let host = "127.0.0.1:\(proxy.port)"
        let layer = MemoryBlob.random(500_000, seed: 2)
        let first = try RegistryRepository(host: host, name: "first")
        let second = try RegistryRepository(host: host, name: "second")
        #expect(try client.pushBlob(layer.descriptor(), from: layer, to: first) == .sent)
        let before = proxy.counts.bytes
        #expect(try client.pushBlob(layer.descriptor(), from: layer, to: second, mountFrom: ["first"]) == .mounted)
        #expect(proxy.counts.bytes - before < 5000)
        #expect(try client.hasBlob(layer.descriptor(), in: second))
    }

    @Test("a pull that is cut three times goes on where it stopped")
    func resumedPull() throws {
        let registry = try #require(DebianRegistry())
        let layer = MemoryBlob.random(2_000_000, seed: 3)
        let direct = try RegistryRepository(host: registry.host, name: "cut")
        _ = try RegistryClient().pushBlob(layer.descriptor(), from: layer, to: direct)
        let proxy = try #require(CuttingProxy(server: registry.server.port, cuts: 3, after: 400_000))
        defer { proxy.stop() }
        let client = RegistryClient(retry: quick)
        var back = MemoryBlob()
        let repository = try RegistryRepository(host: "127.0.0.1:\(proxy.port)", name: "cut")
        try client.fetchBlob(layer.descriptor(), in: repository, into: &back)
        #expect(back.bytes == layer.bytes)
        #expect(back.restarts == 0)
        #expect(proxy.counts.cuts == 3)
        // Each cut may lose what was under way, not what had arrived.
        #expect(proxy.counts.bytes < 2_000_000 + 3 * 500_000)
    }

    @Test("a push that is cut goes on or begins anew, and ends whole", arguments: [0, 300_000] as [Int64])
    func resumedPush(chunk: Int64) throws {
        let registry = try #require(DebianRegistry())
        let proxy = try #require(CuttingProxy(server: registry.server.port, cuts: 2, after: 900_000))
        defer { proxy.stop() }
        let client = RegistryClient(retry: quick, chunk: chunk)
        let layer = MemoryBlob.random(2_000_000, seed: 4)
        let repository = try RegistryRepository(host: "127.0.0.1:\(proxy.port)", name: "cut")
        #expect(try client.pushBlob(layer.descriptor(), from: layer, to: repository) == .sent)
        #expect(proxy.counts.cuts == 2)
        var back = MemoryBlob()
        try client.fetchBlob(layer.descriptor(), in: repository, into: &back)
        #expect(back.bytes == layer.bytes)
    }

    @Test("a registry that keeps cutting is given up with what to do")
    func givenUp() throws {
        let registry = try #require(DebianRegistry())
        let layer = MemoryBlob.random(100_000, seed: 5)
        let direct = try RegistryRepository(host: registry.host, name: "cut")
        _ = try RegistryClient().pushBlob(layer.descriptor(), from: layer, to: direct)
        let proxy = try #require(CuttingProxy(server: registry.server.port, cuts: .max, after: 0))
        defer { proxy.stop() }
        let repository = try RegistryRepository(host: "127.0.0.1:\(proxy.port)", name: "cut")
        var back = MemoryBlob()
        let error = #expect(throws: TareError.self) {
            try RegistryClient(retry: quick).fetchBlob(layer.descriptor(), in: repository, into: &back)
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("4 times") == true)
        #expect(error?.hint != nil)
    }

    @Test("a registry that wants a user gets one, and says no to others")
    func users() throws {
        let registry = try #require(DebianRegistry(user: true))
        let right = RegistryClient(retry: quick) { _ in RegistryCredentials(user: "tare", secret: "secret") }
        try right.ping(registry.host)
        let repository = try RegistryRepository(host: registry.host, name: "kept")
        let layer = MemoryBlob.random(1000, seed: 6)
        #expect(try right.pushBlob(layer.descriptor(), from: layer, to: repository) == .sent)
        let clients = [
            RegistryClient(retry: quick),
            RegistryClient(retry: quick) { _ in RegistryCredentials(user: "tare", secret: "guess") },
        ]
        for client in clients {
            let error = #expect(throws: TareError.self) { try client.ping(registry.host) }
            #expect(error?.code == .noPermission)
        }
    }

    @Test("a certificate is checked, and one that is named is trusted")
    func tls() throws {
        let registry = try #require(DebianRegistry(tls: true))
        let repository = try RegistryRepository(host: registry.host, name: "kept")
        let layer = MemoryBlob.random(100_000, seed: 7)
        var options = HTTPOptions()
        options.certificates = registry.certificate
        let trusting = RegistryClient(options: options, retry: quick)
        #expect(try trusting.pushBlob(layer.descriptor(), from: layer, to: repository) == .sent)
        var back = MemoryBlob()
        try trusting.fetchBlob(layer.descriptor(), in: repository, into: &back)
        #expect(back.bytes == layer.bytes)
        options.certificates = "/etc/ssl/certs/ca-certificates.crt"
        let error = #expect(throws: TareError.self) {
            try RegistryClient(options: options, retry: quick).ping(registry.host)
        }
        #expect(error?.code == .unavailable && error?.hint?.contains("--certificates") == true)
        options.certificates = nil
        options.insecure = true
        try RegistryClient(options: options, retry: quick).ping(registry.host)
    }

    @Test("what is not there is not found, and a host that is not there is unavailable")
    func absent() throws {
        let registry = try #require(DebianRegistry())
        let client = RegistryClient(retry: quick)
        let here = try RegistryRepository(host: registry.host, name: "nothing")
        #expect(throws: TareError.self) { try client.manifest("latest", in: here) }
        let error = #expect(throws: TareError.self) { try client.tags(of: here) }
        #expect(error?.code == .notFound)
        let nobody = try RegistryRepository(host: "127.0.0.1:\(freeLoopbackPort())", name: "nothing")
        let down = #expect(throws: TareError.self) { try client.manifest("latest", in: nobody) }
        #expect(down?.code == .unavailable)
    }
}
