import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct NameTests {
    private func fixture() throws -> NetworkFixture { try NetworkFixture { $0.helper = NetworkFixture.helper } }

    @Test(
        "containers find each other by name and alias, over datagrams and connections, and no longer once one has gone")
    func names() throws {
        let fixture = try fixture()
        let web = try fixture.store.attach(container: "web", network: "bridge", aliases: ["www"])
        let db = try fixture.store.attach(container: "db", network: "bridge", aliases: ["www"])
        #expect(web.nameServers == [IPAddress(unchecked: [10, 96, 0, 1])])
        #expect(try fixture.lookUp("db", from: web) == ["10.96.0.3"])
        #expect(try fixture.lookUp("DB", from: web, transport: .tcp) == ["10.96.0.3"])
        #expect(try fixture.lookUp("db", type: 28, from: web) == [])
        #expect(try Set(fixture.lookUp("www", from: db) ?? []) == ["10.96.0.2", "10.96.0.3"])
        try fixture.store.detach(container: "db")
        #expect(try fixture.lookUp("www", from: web) == ["10.96.0.2"])
        #expect(try fixture.lookUp("db", from: web) != ["10.96.0.3"])
    }

    @Test("other names are asked of the host's server, and its silence is a failure that is told")
    func forwarded() throws {
        let fixture = try fixture()
        let outside = try fixture.neighbour()
        try AtomicFile.write(fixture.store.settings.resolverFile, text: "nameserver 198.51.100.2\n")
        let server = try DNSStandIn(namespace: outside, answer: [203, 0, 113, 7])
        defer { server.stop() }
        let web = try fixture.store.attach(container: "web", network: "bridge")
        #expect(try fixture.lookUp("example.test", from: web) == ["203.0.113.7"])
        #expect(try fixture.lookUp("web", from: web) == ["10.96.0.2"])
    }

    @Test("without a server of the host's a foreign name does not exist")
    func noServer() throws {
        let fixture = try fixture()
        try AtomicFile.write(fixture.store.settings.resolverFile, text: "\n")
        let web = try fixture.store.attach(container: "web", network: "bridge")
        #expect(try fixture.lookUp("example.test", from: web) == ["code 3"])
    }

    @Test("[::1] leads to a container with TCP and UDP")
    func loopbackIPv6() throws {
        let fixture = try fixture()
        var ports = try PortRequest.parse("[::1]:8080:80")
        ports += try PortRequest.parse("[::1]:8053:53/udp")
        let web = try fixture.store.attach(container: "web", network: "bridge", ports: ports)
        try fixture.serve(web, port: 80)
        try fixture.serve(web, port: 53, transport: .udp)
        #expect(try fixture.ask("::1", 8080) == "web 10.96.0.1")
        #expect(try fixture.ask("::1", 8053, transport: .udp) == "web 10.96.0.1")
        try fixture.store.detach(container: "web")
        #expect(try fixture.ask("::1", 8080) == nil)
    }

    @Test("the helper ends with the network's last container")
    func ends() throws {
        let fixture = try fixture()
        _ = try fixture.store.attach(container: "a", network: "bridge")
        _ = try fixture.store.attach(container: "b", network: "bridge")
        let helper = fixture.store.helper(of: try fixture.store.inspect("bridge"))
        try fixture.store.detach(container: "a")
        #expect(try helper.send("listen 10.96.0.1") == true)
        try fixture.store.detach(container: "b")
        #expect(try helper.send("listen 10.96.0.1") == nil)
        #expect(!FileReading.exists(helper.socketPath))
    }

    @Test("the helper has less than 128 KiB of its own beside 40 containers")
    func memory() throws {
        let fixture = try fixture()
        for number in 0..<40 { _ = try fixture.store.attach(container: "c\(number)", network: "bridge") }
        let folder = fixture.store.path("names")
        let own = try #require(
            NetworkStore.names(in: "/proc").first { name in
                var buffer = [CChar](repeating: 0, count: 4096)
                guard readlink("/proc/\(name)/cwd", &buffer, 4095) > 0 else { return false }
                return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                    == folder
            }
        )
        let text = try FileReading.text(at: "/proc/\(own)/smaps_rollup")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Anonymous:") })
        let kibibytes = try #require(line.split(separator: " ").compactMap { Int($0) }.first)
        // The pages that no other process shares; the program's code is the page cache's.
        #expect(kibibytes > 0 && kibibytes < 128)
    }

    @Test("malformed questions get no answer and do no harm", arguments: [0, 1, 7])
    func malformed(seed: UInt64) throws {
        let fixture = try fixture()
        let web = try fixture.store.attach(container: "web", network: "bridge")
        let path = try #require(web.namespace)
        let server = web.nameServers[0]
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        func next() -> UInt8 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        let raw = try NetworkNamespace(opening: path).run { () throws(TareError) in
            socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        }
        defer { close(raw) }
        #expect(SocketAddress.with(server, 53) { connect(raw, $0, $1) } == 0)
        for round in 0..<400 {
            var bytes = (0..<Int(next() % 80)).map { _ in next() }
            // Half of them look like a question up to the name.
            if round % 2 == 0, bytes.count > 12 { bytes.replaceSubrange(2..<12, with: [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]) }
            _ = send(raw, bytes, bytes.count, 0)
        }
        #expect(try fixture.lookUp("web", from: web) == ["10.96.0.2"])
    }
}
