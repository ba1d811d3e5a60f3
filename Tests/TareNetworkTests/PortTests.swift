import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct PortTests {
    private func refusal(_ body: () throws -> Void) -> TareError? {
        do {
            try body()
            return nil
        } catch { return error as? TareError }
    }

    @Test("a port of one address answers there and at no other")
    func oneAddress() throws {
        let fixture = try NetworkFixture()
        let outside = try fixture.neighbour()
        let ports = try PortRequest.parse("127.0.0.1:8080:80") + PortRequest.parse("198.51.100.1:8081:80")
        let web = try fixture.store.attach(container: "web", network: "bridge", ports: ports)
        try fixture.serve(web, port: 80)
        #expect(try fixture.ask("127.0.0.1", 8080) == "web 10.96.0.1")
        #expect(try fixture.ask("198.51.100.1", 8080, from: outside) == nil)
        #expect(try fixture.ask("198.51.100.1", 8081, from: outside) == "web 198.51.100.2")
        #expect(try fixture.ask("127.0.0.1", 8081) == nil)
    }

    @Test("a free port is chosen, datagrams are published, and a range is one to one")
    func kinds() throws {
        let fixture = try NetworkFixture()
        let ports =
            try PortRequest.parse("80") + PortRequest.parse("5300:53/udp") + PortRequest.parse("9000-9002:90-92")
        let web = try fixture.store.attach(container: "web", network: "bridge", ports: ports)
        try fixture.serve(web, port: 80)
        try fixture.serve(web, port: 53, transport: .udp)
        try fixture.serve(web, port: 92)
        let chosen = try #require(web.ports.first?.hostPort)
        #expect(chosen >= 49152)
        #expect(try fixture.ask("127.0.0.1", chosen) == "web 10.96.0.1")
        #expect(try fixture.ask("127.0.0.1", 5300, transport: .udp) == "web 10.96.0.1")
        #expect(try fixture.ask("127.0.0.1", 9002) == "web 10.96.0.1")
        #expect(web.ports.count == 5)
    }

    @Test("a container reaches its own published port and another container's, by the host's address")
    func hairpin() throws {
        let fixture = try NetworkFixture()
        _ = try fixture.neighbour()
        let web = try fixture.store.attach(container: "web", network: "bridge", ports: PortRequest.parse("8080:80"))
        let other = try fixture.store.attach(container: "other", network: "bridge")
        try fixture.serve(web, port: 80)
        let own = try fixture.ask("198.51.100.1", 8080, from: web.namespace)
        #expect(own == "web 10.96.0.1")
        #expect(try fixture.ask("198.51.100.1", 8080, from: other.namespace) == "web 10.96.0.1")
        #expect(try fixture.ask("10.96.0.1", 8080, from: other.namespace) == "web 10.96.0.1")
        #expect(try fixture.ask("10.96.0.2", 80, from: other.namespace) == "web 10.96.0.3")
    }

    @Test("a port that a container has is refused with the container's name, also where the addresses only overlap")
    func takenByContainer() throws {
        let fixture = try NetworkFixture()
        _ = try fixture.store.attach(container: "web", network: "bridge", ports: PortRequest.parse("8080:80"))
        for text in ["8080:80", "127.0.0.1:8080:99"] {
            let error = refusal {
                _ = try fixture.store.attach(container: "late", network: "bridge", ports: PortRequest.parse(text))
            }
            #expect(error?.code == .unavailable)
            #expect(error?.message == "cannot publish port 8080/tcp: container web has it")
        }
        // Datagrams have ports of their own, and nothing of the refused attempts is left.
        _ = try fixture.store.attach(container: "late", network: "bridge", ports: PortRequest.parse("8080:80/udp"))
        #expect(try fixture.store.attachments().count == 2)
        try fixture.store.detach(container: "web")
        _ = try fixture.store.attach(container: "third", network: "bridge", ports: PortRequest.parse("8080:80"))
    }

    @Test("a port that a program of the host listens on is refused with the program's name")
    func takenByProgram() throws {
        let fixture = try NetworkFixture()
        let server = try EchoServer(namespace: fixture.hostPath, address: .anyIPv4, port: 8080, answer: "host")
        defer { server.stop() }
        let error = refusal {
            _ = try fixture.store.attach(container: "web", network: "bridge", ports: PortRequest.parse("8080:80"))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("(process \(getpid())) has it") == true)
        #expect(try fixture.store.attachments().isEmpty)
        #expect(try fixture.ask("127.0.0.1", 8080)?.hasPrefix("host") == true)
    }

    @Test("an address that the host does not have is refused")
    func foreignAddress() throws {
        let fixture = try NetworkFixture()
        let error = refusal {
            _ = try fixture.store.attach(
                container: "web",
                network: "bridge",
                ports: PortRequest.parse("203.0.113.9:80:80")
            )
        }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("no address of this host") == true)
    }

    @Test(
        "a text means its ports",
        arguments: [
            ("80", "*:*->80/tcp"), ("8080:80", "*:8080->80/tcp"), ("127.0.0.1:8080:80/udp", "127.0.0.1:8080->80/udp"),
            ("127.0.0.1::80", "127.0.0.1:*->80/tcp"), ("[::1]:8080:80", "::1:8080->80/tcp"),
            ("8000-8001:80-81", "*:8000->80/tcp *:8001->81/tcp"), ("80-81", "*:*->80/tcp *:*->81/tcp"),
        ]
    )
    func parsed(text: String, meaning: String) throws {
        let read = try PortRequest.parse(text).map { request in
            let host = request.hostAddress?.description ?? "*"
            let port = request.hostPort.map(String.init) ?? "*"
            return "\(host):\(port)->\(request.containerPort)/\(request.transport.rawValue)"
        }
        #expect(read.joined(separator: " ") == meaning)
    }

    @Test(
        "a text that means no port is refused",
        arguments: [
            "", "0", "65536", "a", "80/sctp", "1:2:3:4", "host:80:80", "[::1]", "[::1]:80", "[::1:80:80",
            "[10.0.0.1]:1:1",
            "8000-8001:80", "81-80", "80:", ":", "-", "1-2-3",
        ]
    )
    func refused(text: String) {
        #expect(refusal { _ = try PortRequest.parse(text) }?.code == .usage)
    }
}
