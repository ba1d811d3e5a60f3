import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareOCI
import TareTestSupport
import Testing

@testable import TareRegistry

@Suite("The hub as a server: users, ends, other clients", .serialized)
struct HubServerTests {
    private let quick = RetryPolicy(tries: 6, firstWait: 0.05, longestWait: 0.5)

    /// Users `tare` with the secret `secret`, in a file.
    private func usersFile() throws -> String {
        let path =
            FileManager.default.temporaryDirectory.path + "/tare-users-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        // "secret", by htpasswd -nbB.
        try Data("tare:$2y$05$mXJxX3HMLfIh0F6jFSz2C.Tu76V8jjJ4XrIU0QWKgRjmXqGtvW3YK\n".utf8).write(
            to: URL(filePath: path))
        return path
    }

    private func descriptor(_ bytes: [UInt8]) throws -> Descriptor {
        Descriptor(mediaType: .layer, digest: try SHA256.digest(of: bytes), size: Int64(bytes.count))
    }

    private struct Bytes: BlobSource, BlobReceiver {
        var bytes: [UInt8]
        var length: Int64 { Int64(bytes.count) }
        var received: Int64 { Int64(bytes.count) }
        mutating func receive(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }
        mutating func restart() { bytes = [] }
        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
            let count = min(buffer.count, bytes.count - Int(offset))
            buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + count])
            return count
        }
    }

    @Test("with users nobody else gets in, by Basic or by token", arguments: [false, true])
    func users(tokens: Bool) throws {
        let users = try usersFile()
        defer { unlink(users) }
        let hub = try #require(HubFixture(["--users", users] + (tokens ? ["--tokens"] : [])))
        let repository = try RegistryRepository(host: hub.host, name: "kept/here")
        let blob = Bytes(bytes: Array("secret things".utf8))
        let right = RegistryClient(retry: quick) { _ in RegistryCredentials(user: "tare", secret: "secret") }
        #expect(try right.pushBlob(descriptor(blob.bytes), from: blob, to: repository) == .sent)
        let other = try RegistryRepository(host: hub.host, name: "other")
        #expect(
            try right.pushBlob(descriptor(blob.bytes), from: blob, to: other, mountFrom: ["kept/here"]) == .mounted)
        for secret in ["guess", ""] {
            let wrong = RegistryClient(retry: quick) { _ in RegistryCredentials(user: "tare", secret: secret) }
            let error = #expect(throws: TareError.self) { try wrong.hasBlob(descriptor(blob.bytes), in: repository) }
            #expect(error?.code == .noPermission)
        }
        let nobody = #expect(throws: TareError.self) {
            try RegistryClient(retry: quick).hasBlob(descriptor(blob.bytes), in: repository)
        }
        #expect(nobody?.code == .noPermission)
    }

    @Test("with anonymous pull everybody reads and only users write", arguments: [false, true])
    func anonymousPull(tokens: Bool) throws {
        let users = try usersFile()
        defer { unlink(users) }
        let hub = try #require(HubFixture(["--users", users, "--anonymous-pull"] + (tokens ? ["--tokens"] : [])))
        let repository = try RegistryRepository(host: hub.host, name: "open")
        let blob = Bytes(bytes: Array("open things".utf8))
        let right = RegistryClient(retry: quick) { _ in RegistryCredentials(user: "tare", secret: "secret") }
        #expect(try right.pushBlob(descriptor(blob.bytes), from: blob, to: repository) == .sent)
        let anybody = RegistryClient(retry: quick)
        #expect(try anybody.hasBlob(descriptor(blob.bytes), in: repository))
        let new = Bytes(bytes: Array("new".utf8))
        #expect(throws: TareError.self) { try anybody.pushBlob(descriptor(new.bytes), from: new, to: repository) }
    }

    @Test("killed in the middle of uploads it has every blob that it confirmed, and an upload goes on")
    func killed() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tare-hub-killed-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var state: UInt64 = 9
        func random(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                return UInt8(truncatingIfNeeded: state >> 33)
            }
        }
        var confirmed: [Descriptor] = []
        for round in 0..<5 {
            let hub = try #require(HubFixture(folder: folder))
            let repository = try RegistryRepository(host: hub.host, name: "r")
            let client = RegistryClient(retry: RetryPolicy(tries: 1), chunk: 40_000)
            for descriptor in confirmed { #expect(try client.hasBlob(descriptor, in: repository)) }
            let blob = Bytes(bytes: random(100_000))
            #expect(try client.pushBlob(descriptor(blob.bytes), from: blob, to: repository) == .sent)
            confirmed.append(try descriptor(blob.bytes))
            // Two pieces of a second blob have come when the server dies.
            let half = Bytes(bytes: random(100_000))
            let begun = try hub.ask(.post, "/v2/r/blobs/uploads/", body: [])
            let location = try #require(begun.headers["Location"])
            let sent = try hub.ask(.patch, location, body: Array(half.bytes[..<60_000]))
            #expect(sent.status == 202)
            hub.server.end(SIGKILL)
            let again = try #require(HubFixture(folder: folder))
            let standing = try again.ask(.get, location)
            #expect(standing.headers["Range"] == "0-59999", "round \(round)")
            let digest = try descriptor(half.bytes).digest
            let ended = try again.ask(.put, "\(location)?digest=\(digest)", body: Array(half.bytes[60_000...]))
            #expect(ended.status == 201)
            confirmed.append(try descriptor(half.bytes))
            again.server.end()
        }
    }

    @Test("a second hub on the same folder, and a port that is taken, are refused with 69")
    func refusals() throws {
        let hub = try #require(HubFixture())
        for flags in [
            ["--root", hub.folder, "--port", "0"], ["--root", hub.folder + "-b", "--port", "\(hub.server.port)"],
        ] {
            #expect(exitStatus(of: [HubFixture.program, "hub"] + flags) == 69)
        }
        try? FileManager.default.removeItem(atPath: hub.folder + "-b")
        #expect(exitStatus(of: [HubFixture.program, "hub", "--port", "x"]) == 64)
    }

    @Test(
        "skopeo copies an image in and out with equal digests",
        .enabled(if: access("/usr/bin/skopeo", X_OK) == 0, "skopeo is not installed")
    )
    func skopeo() throws {
        let hub = try #require(HubFixture())
        let folder = FileManager.default.temporaryDirectory.path + "/tare-skopeo-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SmallImage.write(to: folder + "/in")
        let plain = ["--dest-tls-verify=false", "--src-tls-verify=false"]
        let copies = [
            ["oci:\(folder)/in:v1", "docker://\(hub.host)/small/image:v1"],
            ["docker://\(hub.host)/small/image:v1", "docker://\(hub.host)/copy:v2"],
            ["docker://\(hub.host)/copy:v2", "oci:\(folder)/out:v1"],
        ]
        for copy in copies {
            let words = ["skopeo", "copy", "--insecure-policy", "--preserve-digests", "-q"] + plain + copy
            #expect(exitStatus(of: words) == 0)
        }
        let names = try ["in", "out"].map { side in
            try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(side)/blobs/sha256").sorted()
        }
        #expect(names[0] == names[1])
        #expect(names[0].count == 3)
    }
}
