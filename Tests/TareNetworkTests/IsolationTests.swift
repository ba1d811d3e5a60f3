import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct IsolationTests {
    @Test("what is not published is reached from no other network and from no neighbour")
    func unpublished() throws {
        let fixture = try NetworkFixture()
        let outside = try fixture.neighbour()
        try fixture.store.create("other")
        let web = try fixture.store.attach(container: "web", network: "bridge", ports: PortRequest.parse("8080:80"))
        let stranger = try fixture.store.attach(container: "stranger", network: "other")
        try fixture.serve(web, port: 80)
        let address = try #require(web.address).description
        let direct = try fixture.ask(address, 80)
        #expect(direct?.hasPrefix("web") == true)
        #expect(try fixture.ask(address, 80, from: stranger.namespace) == nil)
        #expect(try fixture.ask("198.51.100.1", 8080, from: stranger.namespace)?.hasPrefix("web") == true)
        // A neighbour that knows the way gets no further.
        try NetworkNamespace(opening: outside).run { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            var batch = NetlinkBatch()
            batch.addRoute(
                to: .allIPv4,
                gateway: IPAddress(unchecked: [198, 51, 100, 1]),
                link: try kernel.link("eth0")?.index ?? 0
            )
            try kernel.commit(batch)
        }
        #expect(try fixture.ask(address, 80, from: outside) == nil)
    }

    @Test("a container does not reach what listens on the host's loopback")
    func hostLoopback() throws {
        let fixture = try NetworkFixture()
        let server = try EchoServer(
            namespace: fixture.hostPath,
            address: IPAddress(unchecked: [127, 0, 0, 1]),
            port: 7000,
            answer: "secret"
        )
        defer { server.stop() }
        let web = try fixture.store.attach(container: "web", network: "bridge")
        let path = try #require(web.namespace)
        // A container that may change its routes sends 127.0.0.1 to the gateway: the kernel would let it through.
        try NetworkNamespace(opening: path).run { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            try KernelSetting.write("net/ipv4/conf/eth0/route_localnet", "1")
            _ = try Fixtures.run(["ip", "address", "delete", "127.0.0.1/8", "dev", "lo"])
            _ = try Fixtures.run(["ip", "route", "add", "127.0.0.1/32", "via", "10.96.0.1", "dev", "eth0"])
            _ = kernel
        }
        #expect(try fixture.ask("127.0.0.1", 7000) != nil)
        #expect(try fixture.ask("127.0.0.1", 7000, from: path) == nil)
    }

    @Test("an internal network reaches itself and nothing else")
    func internalNetwork() throws {
        let fixture = try NetworkFixture()
        let outside = try fixture.neighbour()
        let server = try EchoServer(namespace: outside, address: .anyIPv4, port: 7000, answer: "world")
        defer { server.stop() }
        var options = NetworkOptions()
        options.isInternal = true
        try fixture.store.create("closed", options)
        let a = try fixture.store.attach(container: "a", network: "closed")
        let b = try fixture.store.attach(container: "b", network: "closed")
        let open = try fixture.store.attach(container: "c", network: "bridge")
        try fixture.serve(a, port: 80)
        #expect(try fixture.ask(try #require(a.address).description, 80, from: b.namespace)?.hasPrefix("a ") == true)
        #expect(try fixture.ask("198.51.100.2", 7000, from: b.namespace) == nil)
        #expect(try fixture.ask("198.51.100.2", 7000, from: open.namespace) == "world 198.51.100.1")
    }

    @Test("none has loopback only, host has no namespace of its own")
    func predefined() throws {
        let fixture = try NetworkFixture()
        let alone = try fixture.store.attach(container: "alone", network: "none")
        let path = try #require(alone.namespace)
        let links = try NetworkNamespace(opening: path).run { () throws(TareError) in
            try NetlinkConnection(.route).links().map { "\($0.name) \($0.isUp)" }
        }
        #expect(links == ["lo true"])
        let host = try fixture.store.attach(container: "host-user", network: "host")
        #expect(host.namespace == nil)
        try fixture.store.detach(container: "alone")
        try fixture.store.detach(container: "host-user")
        #expect(!FileReading.exists(path))
    }

    @Test("a container in two networks has a link in each and leaves one alone")
    func twoNetworks() throws {
        let fixture = try NetworkFixture()
        try fixture.store.create("back")
        let front = try fixture.store.attach(container: "web", network: "bridge")
        let back = try fixture.store.attach(container: "web", network: "back")
        let db = try fixture.store.attach(container: "db", network: "back")
        try fixture.serve(db, port: 80)
        #expect(front.link == "eth0" && back.link == "eth1" && front.namespace == back.namespace)
        let address = try #require(db.address).description
        #expect(try fixture.ask(address, 80, from: front.namespace) == "db \(try #require(back.address))")
        try fixture.store.detach(container: "web", network: "back")
        #expect(try fixture.ask(address, 80, from: front.namespace) == nil)
        #expect(NetworkNamespace.isPinned(try #require(front.namespace)))
    }

    @Test("IPv6: containers reach each other, and a published port answers at the host's addresses")
    func ipv6() throws {
        let fixture = try NetworkFixture { $0.helper = NetworkFixture.helper }
        var options = NetworkOptions()
        options.ipv6 = true
        try fixture.store.create("six", options)
        let before = try fixture.hostState()
        let web = try fixture.store.attach(container: "web", network: "six", ports: PortRequest.parse("8080:80"))
        let other = try fixture.store.attach(container: "other", network: "six")
        try fixture.serve(web, port: 80)
        let address = try #require(web.address6).description
        let gateway = try #require(web.places.last?.gateway).description
        let own = try #require(other.address6).description
        #expect(try fixture.ask(address, 80, from: other.namespace) == "web \(own)")
        #expect(try fixture.ask(gateway, 8080) == "web \(gateway)")
        #expect(try fixture.ask(gateway, 8080, from: other.namespace) == "web \(gateway)")
        let local = try fixture.ask("::1", 8080)
        #expect(local?.hasPrefix("web") == true)
        let names = try fixture.lookUp("web", type: 28, from: other)
        #expect(names == [address])
        #expect(try fixture.ruleset().contains("tcp . 8080 : \(address) . 80"))
        try fixture.store.detach(container: "web")
        try fixture.store.detach(container: "other")
        #expect(try fixture.hostState() == before)
    }
}
